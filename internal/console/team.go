package console

import (
	"net/http"
	"net/url"

	"parley/gateway"
	"parley/gateway/directory"
)

func (c *Console) teamRoutes() []route {
	return []route{{"GET /console/team", caseworkers, c.teamQueues, ""}}
}

// pageLength is how many rows a page of a queue has.
const pageLength = 25

// queueFilter is what a page of queues shows, by its address.
type queueFilter struct {
	Team  directory.TeamID // empty: all of theirs
	Kind  gateway.WorkItemKind
	State gateway.WorkState // empty: all that is not done
}

// address is that of the page after the task with an id; the first, of none.
func (f queueFilter) address(after string) string {
	values := url.Values{}
	for key, value := range map[string]string{"team": string(f.Team), "kind": string(f.Kind), "state": string(f.State), "after": after} {
		if value != "" {
			values.Set(key, value)
		}
	}
	return "/console/team?" + values.Encode()
}

// teamQueues shows the queues of somebody's teams.
func (c *Console) teamQueues(w http.ResponseWriter, r *request) error {
	f := queueFilter{directory.TeamID(r.FormValue("team")), gateway.WorkItemKind(r.FormValue("kind")), gateway.WorkState(r.FormValue("state"))}
	q := gateway.QueueQuery{Teams: r.Staff.Teams, Kind: f.Kind, Limit: pageLength + 1, After: r.FormValue("after")}
	if f.Team != "" && !r.Staff.In(f.Team) {
		return gateway.ErrForbidden
	}
	if f.Team != "" {
		q.Teams = []directory.TeamID{f.Team}
	}
	if f.State != "" {
		q.States = []gateway.WorkState{f.State}
	}
	tasks, err := c.config.Work.Queue(r.Context(), r.Staff.ID, q)
	if err != nil {
		return err
	}
	counts, err := c.config.Work.QueueCounts(r.Context(), r.Staff.ID)
	if err != nil {
		return err
	}
	content := struct {
		Filter             queueFilter
		Teams              []directory.TeamID
		Kinds              []gateway.WorkItemKind
		States             []gateway.WorkState
		Counts             []gateway.TeamCount
		Tasks              []gateway.Task
		First, Next, Reset string
	}{Filter: f, Teams: r.Staff.Teams, Kinds: gateway.WorkItemKinds(), States: workStates, Counts: counts.Teams, Tasks: tasks, Reset: "/console/team"}
	if len(tasks) > pageLength {
		content.Tasks = tasks[:pageLength]
		content.Next = f.address(tasks[pageLength-1].ID)
	}
	if q.After != "" {
		content.First = f.address("")
	}
	return c.page(w, r, http.StatusOK, "team", r.say("nav.team"), content)
}

var workStates = []gateway.WorkState{gateway.WorkWaiting, gateway.WorkOffered, gateway.WorkHeld, gateway.WorkDone}
