package console

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"parley/gateway"
)

// timesReport is how long work of each kind took: half of it, and nine in ten.
func (c *Console) timesReport(r *request, f gateway.Figures, id string, m gateway.Measure) figureTable {
	made := figureTable{ID: id, Columns: []string{r.say("work.kind"), r.say("figures.count"), r.say("figures.half"), r.say("figures.most")}}
	halves := map[string]time.Duration{}
	var longest time.Duration
	for _, kind := range f.Names(m) {
		half, _ := f.Quantile(m, kind, 0.5)
		most, _ := f.Quantile(m, kind, 0.9)
		name := kindName(r, kind)
		halves[name], longest = half, max(longest, half)
		made.Rows = append(made.Rows, reportRow{
			Name: name, Cells: []string{strconv.Itoa(f.Sum(m, kind, "")), c.span(r, half), c.span(r, most)}, Shown: c.span(r, half),
		})
	}
	for i := range made.Rows {
		made.Rows[i].Share = float64(halves[made.Rows[i].Name]) / float64(max(longest, 1))
	}
	made.sort()
	return made
}

// sort puts what has the longest bar first.
func (t *figureTable) sort() {
	slices.SortStableFunc(t.Rows, func(a, b reportRow) int { return cmp.Compare(b.Share, a.Share) })
}

// inTimeReport is how much work of each kind was closed by its date.
func (c *Console) inTimeReport(r *request, f gateway.Figures) figureTable {
	made := figureTable{ID: "in-time", Columns: []string{r.say("work.kind"), r.say("figures.closed"), r.say("figures.met"), r.say("figures.share")}}
	for _, kind := range f.Names(gateway.InTime) {
		closed, met := f.Sum(gateway.InTime, kind, ""), f.Sum(gateway.InTime, kind, "met")
		shown, share := percent(met, closed)
		made.Rows = append(made.Rows, reportRow{Name: kindName(r, kind), Cells: []string{strconv.Itoa(closed), strconv.Itoa(met), shown}, Share: share, Shown: shown})
	}
	made.sort()
	return made
}

// dialogsReport is how conversations on each dialog ended, and the step at
// which most of those stopped that did not complete it.
func (c *Console) dialogsReport(r *request, f gateway.Figures) figureTable {
	made := figureTable{ID: "dialogs", Columns: []string{
		r.say("figures.dialog"), r.say("figures.begun"), r.say("figures.completed"), r.say("figures.share"),
		r.say("figures.person"), r.say("figures.lapsed"), r.say("figures.running"), r.say("figures.stop"),
	}}
	for _, dialog := range f.Names(gateway.Endings) {
		count := func(e gateway.Ending) int { return f.Sum(gateway.Endings, dialog, string(e)) }
		begun := f.Sum(gateway.Endings, dialog, "")
		shown, share := percent(count(gateway.Completed), begun-count(gateway.Unfinished))
		made.Rows = append(made.Rows, reportRow{Name: c.reportedTitle(r, dialog), Share: share, Shown: shown, Cells: []string{
			strconv.Itoa(begun), strconv.Itoa(count(gateway.Completed)), shown, strconv.Itoa(count(gateway.ToPerson)),
			strconv.Itoa(count(gateway.Lapsed)), strconv.Itoa(count(gateway.Unfinished)), stopsAt(f, dialog),
		}})
	}
	made.sort()
	return made
}

// stopsAt is the step of a dialog at which most stopped, with how many did.
func stopsAt(f gateway.Figures, dialog string) string {
	most := gateway.Figure{}
	for _, one := range f {
		if one.Measure == gateway.LeftAt && one.Of == dialog && one.Count > most.Count {
			most = one
		}
	}
	if most.Count == 0 {
		return "–"
	}
	return most.How + " (" + strconv.Itoa(most.Count) + ")"
}

// channelsReport is by what people write and are written to.
func (c *Console) channelsReport(r *request, f gateway.Figures) figureTable {
	made := figureTable{ID: "channels", Columns: []string{
		r.say("figures.channel"), r.say("figures.conversations"), r.say("figures.share"), r.say("figures.received"), r.say("figures.sent"),
	}}
	names := append(f.Names(gateway.Received), f.Names(gateway.SentOut)...)
	for _, one := range f {
		if one.Measure == gateway.Began {
			names = append(names, one.How)
		}
	}
	slices.Sort(names)
	all := f.Sum(gateway.Began, "", "")
	for _, channel := range slices.Compact(names) {
		begun := f.Sum(gateway.Began, "", channel)
		shown, share := percent(begun, all)
		made.Rows = append(made.Rows, reportRow{Name: wordOr(r.Language, "via."+channel, channel), Share: share, Shown: shown, Cells: []string{
			strconv.Itoa(begun), shown, strconv.Itoa(f.Sum(gateway.Received, channel, "")), strconv.Itoa(f.Sum(gateway.SentOut, channel, "")),
		}})
	}
	made.sort()
	return made
}

// deliveryReport is what became of messages by each channel. What the safety
// gate kept back was never sent.
func (c *Console) deliveryReport(r *request, f gateway.Figures) figureTable {
	made := figureTable{ID: "delivery", Columns: []string{
		r.say("figures.channel"), r.say("figures.handed"), r.say("figures.delivered"), r.say("figures.share"), r.say("figures.failed"),
		r.say("figures.unknown"), r.say("figures.withheld"),
	}}
	for _, channel := range f.Names(gateway.SentOut) {
		count := func(statuses ...gateway.Status) (sum int) {
			for _, s := range statuses {
				sum += f.Sum(gateway.SentOut, channel, string(s))
			}
			return sum
		}
		withheld, waiting := count(gateway.Withheld), count(gateway.Queued, gateway.Claimed)
		delivered, failed := count(gateway.Delivered), count(gateway.Failed, gateway.Undelivered)
		handed := f.Sum(gateway.SentOut, channel, "") - withheld - waiting
		shown, share := percent(delivered, delivered+failed)
		made.Rows = append(made.Rows, reportRow{Name: wordOr(r.Language, "via."+channel, channel), Share: share, Shown: shown, Cells: []string{
			strconv.Itoa(handed), strconv.Itoa(delivered), shown, strconv.Itoa(failed), strconv.Itoa(handed - delivered - failed), strconv.Itoa(withheld),
		}})
	}
	made.sort()
	return made
}

// opinions are the answers to how easy it was, from the best.
var opinions = []string{"very-easy", "easy", "between", "hard", "very-hard"}

// opinionReport is what people said of web chat when asked.
func (c *Console) opinionReport(r *request, f gateway.Figures) figureTable {
	made := figureTable{ID: "opinion", Columns: []string{r.say("figures.answer"), r.say("figures.count"), r.say("figures.share")}}
	all := f.Sum(gateway.Opinion, "", "")
	if all == 0 {
		return made
	}
	for _, answer := range opinions {
		count := f.Sum(gateway.Opinion, "", answer)
		shown, share := percent(count, all)
		made.Rows = append(made.Rows, reportRow{Name: wordOr(r.Language, "opinion."+answer, answer), Cells: []string{strconv.Itoa(count), shown}, Share: share, Shown: shown})
	}
	return made
}

// reportedTitle is what a dialog is called, its name when it is there no more.
func (c *Console) reportedTitle(r *request, name string) string {
	if d := c.dialog(name); d != nil {
		return d.Title(r.Language)
	}
	return name
}
