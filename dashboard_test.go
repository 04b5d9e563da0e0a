package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"parley/gateway"
	"parley/internal/simulator"
)

// series are the samples of a scrape: the label names of each metric.
type series map[string][]string

// A rule of deploy/alerts.yaml.
type alertRule struct {
	Alert, Expr, For    string
	Labels, Annotations map[string]string
}

// TestDashboardAndAlertsReadWhatAGatewayMeasures runs a gateway through what
// makes every metric appear, and looks up each that the files name.
func TestDashboardAndAlertsReadWhatAGatewayMeasures(t *testing.T) {
	t.Parallel()
	w := newWorld(t, onSQLite(t), 1, simulator.TwilioConfig{})
	n := w.begin(plan{})
	w.interviewed(0, 0, 1)
	message := w.carrier.sent(parentPhone(0))[0].message
	w.await("the text is delivered", func() bool { return w.status(message) == gateway.Delivered })
	w.deliver(webhook(parentPhone(0), "PERSON"))
	var measured series
	w.await("it is counted where they left", func() bool {
		measured = scraped(t, n.url)
		return measured["parley_dialog_steps_left_total"] != nil
	})
	w.await("the outbox is looked at", func() bool { // 0 until then, in every scrape
		return !slices.Contains(samples(t, n.url), "parley_outbox_seen_timestamp_seconds 0")
	})
	measured["up"] = []string{"job", "instance"} // Prometheus' own
	words, values := wordsOf(t), measuredValues(t, n.url)
	for where, expression := range expressions(t) {
		for _, value := range namedValues(expression) {
			if !words[value] && !values[value] {
				t.Errorf("%s: nothing is ever called %q, in %s", where, value, expression)
			}
		}
		for _, wrong := range unreadable(expression, measured) {
			t.Errorf("%s: %s, in %s", where, wrong, expression)
		}
	}
}

func TestWhatCannotBeReadIsFound(t *testing.T) {
	measured := series{"parley_turns_total": {"dialog", "outcome"}, "up": {"job"}}
	for expression, want := range map[string]string{
		`sum by (dialog) (rate(parley_turns_total{outcome="x"}[5m]))`: "",
		`up{job="parley"} == 0`:                        "",
		`rate(parley_turns[5m])`:                       "parley_turns is not measured",
		`rate(parley_turns_total{person="P1"}[5m])`:    "parley_turns_total has no label person",
		`sum by (step) (rate(parley_turns_total[5m]))`: "nothing in it has a label step",
		`sum(rate(parley_turns_total[5m])`:             "its brackets do not match",
		`1 > 0`:                                        "it reads nothing",
	} {
		if got := strings.Join(unreadable(expression, measured), "; "); got != want {
			t.Errorf("%s: %q, want %q", expression, got, want)
		}
	}
}

// namedValues are the values of labels that an expression picks out. Of codes of
// HTTP there are only classes.
func namedValues(expression string) (values []string) {
	for _, found := range regexp.MustCompile(`([a-z_]+)(?:=~|!~|!=|=)"([^"]*)"`).FindAllStringSubmatch(expression, -1) {
		if found[1] != "code" && found[1] != "job" {
			values = append(values, strings.Split(found[2], "|")...)
		}
	}
	return values
}

// measuredValues are the values of labels in a scrape, the bounds of histograms
// among them.
func measuredValues(t *testing.T, url string) map[string]bool {
	t.Helper()
	values := map[string]bool{}
	for _, line := range samples(t, url) {
		for _, found := range regexp.MustCompile(`="([^"]*)"`).FindAllStringSubmatch(line, -1) {
			values[found[1]] = true
		}
	}
	return values
}

// wordsOf are the words that the gateway's source has: what one run does not
// measure, like a failure, may be called so.
func wordsOf(t *testing.T) map[string]bool {
	t.Helper()
	words := map[string]bool{}
	eachSource(t, func(path string, source []byte) {
		if strings.HasPrefix(path, "gateway/") && !strings.HasSuffix(path, "_test.go") {
			for _, found := range regexp.MustCompile(`"([a-z-]+)"`).FindAllStringSubmatch(string(source), -1) {
				words[found[1]] = true
			}
		}
	})
	return words
}

func TestEveryAlertSaysWhatToDo(t *testing.T) {
	for _, rule := range alertRules(t) {
		if !slices.Contains([]string{"page", "ticket"}, rule.Labels["severity"]) || rule.Annotations["summary"] == "" || rule.Annotations["action"] == "" {
			t.Errorf("%s: %v %v", rule.Alert, rule.Labels, rule.Annotations)
		}
	}
}

// expressions are those of both files, by where they stand.
func expressions(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, rule := range alertRules(t) {
		all["alert "+rule.Alert] = rule.Expr
	}
	content, err := os.ReadFile("deploy/grafana.json")
	if err != nil {
		t.Fatal(err)
	}
	var dashboard struct {
		Panels []struct {
			Title, Type string
			Targets     []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(content, &dashboard); err != nil {
		t.Fatal(err)
	}
	for _, panel := range dashboard.Panels {
		if panel.Type != "row" && len(panel.Targets) == 0 {
			t.Errorf("panel %q shows nothing", panel.Title)
		}
		for i, target := range panel.Targets {
			all[fmt.Sprintf("panel %s, %d", panel.Title, i)] = target.Expr
		}
	}
	if len(all) < 30 {
		t.Errorf("only %d expressions are found", len(all))
	}
	return all
}

func alertRules(t *testing.T) (rules []alertRule) {
	t.Helper()
	content, err := os.ReadFile("deploy/alerts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Groups []struct {
			Name  string
			Rules []alertRule
		}
	}
	if err := yaml.UnmarshalWithOptions(content, &file, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	for _, group := range file.Groups {
		rules = append(rules, group.Rules...)
	}
	if len(rules) == 0 {
		t.Fatal("there are no alerts")
	}
	return rules
}

// scraped reads what a gateway measures now (Prometheus' text format, version
// 0.0.4).
func scraped(t *testing.T, url string) series {
	t.Helper()
	sample := regexp.MustCompile(`^([a-z_]+)(?:\{(.*)\})? `)
	label := regexp.MustCompile(`([a-z_]+)="`)
	found := series{}
	for _, line := range samples(t, url) {
		parts := sample.FindStringSubmatch(line)
		if parts == nil {
			continue
		}
		names := []string{"job", "instance"} // which a scrape adds
		for _, l := range label.FindAllStringSubmatch(parts[2], -1) {
			names = append(names, l[1])
		}
		found[parts[1]] = names
	}
	return found
}

// samples are the lines of a scrape.
func samples(t *testing.T, url string) (lines []string) {
	t.Helper()
	response, err := http.Get(url + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	for scanner := bufio.NewScanner(response.Body); scanner.Scan(); {
		lines = append(lines, scanner.Text())
	}
	return lines
}

var (
	selector = regexp.MustCompile(`\b((?:parley|go|process)_[a-z_]+|up)\b(?:\{([^}]*)\})?`)
	matcher  = regexp.MustCompile(`([a-z_]+)\s*(?:=~|!~|!=|=)`)
	grouping = regexp.MustCompile(`\bby \(([^)]*)\)`)
)

// unreadable says what of an expression of PromQL reads nothing. It knows as
// much of PromQL as the files use.
func unreadable(expression string, measured series) (wrong []string) {
	var labels []string
	found := selector.FindAllStringSubmatch(expression, -1)
	for _, s := range found {
		names, ok := measured[s[1]]
		if !ok {
			wrong = append(wrong, s[1]+" is not measured")
			continue
		}
		labels = append(labels, names...)
		for _, m := range matcher.FindAllStringSubmatch(s[2], -1) {
			if !slices.Contains(names, m[1]) {
				wrong = append(wrong, s[1]+" has no label "+m[1])
			}
		}
	}
	if len(found) == 0 {
		return []string{"it reads nothing"}
	}
	for _, g := range grouping.FindAllStringSubmatch(expression, -1) {
		for _, name := range strings.Split(g[1], ",") {
			if name = strings.TrimSpace(name); len(wrong) == 0 && !slices.Contains(labels, name) {
				wrong = append(wrong, "nothing in it has a label "+name)
			}
		}
	}
	for _, pair := range []string{"()", "{}", "[]"} {
		if strings.Count(expression, pair[:1]) != strings.Count(expression, pair[1:]) {
			wrong = append(wrong, "its brackets do not match")
		}
	}
	return wrong
}
