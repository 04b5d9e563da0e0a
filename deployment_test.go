package main

import (
	"context"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
)

// operatorSettings are what docker-compose.yml asks of whoever starts it.
var operatorSettings = types.Mapping{
	"PARLEY_PUBLIC_URL":         "https://parley.example",
	"PARLEY_TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000000",
	"PARLEY_TWILIO_FROM":        "+447700900000",
}

func TestComposeFileAsksForWhatItCannotKnow(t *testing.T) {
	for setting := range operatorSettings {
		without := maps.Clone(operatorSettings)
		delete(without, setting)
		if _, err := loadCompose(t.Context(), without); err == nil || !strings.Contains(err.Error(), setting) {
			t.Errorf("without %s: %v, want an error that names it", setting, err)
		}
	}
}

func TestComposeServicesStartInOrder(t *testing.T) {
	type wait struct{ service, on, condition string }
	project := compose(t)
	for _, w := range []wait{
		{"migrate", "postgres", types.ServiceConditionHealthy},
		{"gateway", "migrate", types.ServiceConditionCompletedSuccessfully},
		{"gateway", "redis", types.ServiceConditionHealthy},
	} {
		if got := project.Services[w.service].DependsOn[w.on].Condition; got != w.condition {
			t.Errorf("%s waits for %s to be %q, want %q", w.service, w.on, got, w.condition)
		}
	}
}

// A name server or a relay that is away is no reason to restart a gateway.
func TestComposeWatchesTheGatewayAlone(t *testing.T) {
	watched := compose(t).Services["gateway"].HealthCheck.Test
	if want := (types.HealthCheckTest{"CMD", "/parley", "doctor", "--quick"}); !slices.Equal(watched, want) {
		t.Errorf("the gateway is watched by %q, want %q", watched, want)
	}
}

// composeRules hold for every service; broken says what is wrong, or nothing.
var composeRules = []struct {
	reason string
	broken func(types.ServiceConfig) string
}{
	{"what runs for long is watched", func(s types.ServiceConfig) string {
		if s.Restart == types.RestartPolicyUnlessStopped && s.HealthCheck == nil {
			return "no health check"
		}
		return ""
	}},
	{"a secret comes as a file, where neither a process list nor an inspection shows it", func(s types.ServiceConfig) string {
		secret := regexp.MustCompile(`TOKEN|SECRET|PASSWORD|DATABASE_URL`)
		for name, value := range s.Environment {
			if secret.MatchString(name) && (!strings.HasSuffix(name, "_FILE") || !granted(s, *value)) {
				return name + " is not the file of a secret that the service is given"
			}
		}
		return ""
	}},
	{"the stores can be reached by the gateway alone", func(s types.ServiceConfig) string {
		if _, outside := s.Networks["outside"]; s.Name != "gateway" && len(s.Ports) > 0 || s.Build == nil && outside {
			return "open to the outside"
		}
		return ""
	}},
	{"nothing gains privileges, and Parley has none to begin with", func(s types.ServiceConfig) string {
		switch {
		case !slices.Contains(s.SecurityOpt, "no-new-privileges:true"):
			return "may gain privileges"
		case s.Build != nil && (s.User != "65532:65532" || !s.ReadOnly || !slices.Contains(s.CapDrop, "ALL")):
			return "has privileges"
		}
		return ""
	}},
	{"what a gateway keeps has a volume, which its user may write to: the rest is read-only", func(s types.ServiceConfig) string {
		folder := s.Environment["PARLEY_EVIDENCE_DIR"]
		kept := func(v types.ServiceVolumeConfig) bool { return folder != nil && v.Target == *folder && !v.ReadOnly }
		if store := strings.HasPrefix(s.Image, "postgres:") || strings.HasPrefix(s.Image, "redis:"); !store && s.Restart == types.RestartPolicyUnlessStopped && !slices.ContainsFunc(s.Volumes, kept) {
			return "has no folder for evidence"
		}
		return ""
	}},
	{"an image that we did not build has a version, so that a restart is not an upgrade", func(s types.ServiceConfig) string {
		if s.Build == nil && !regexp.MustCompile(`:\d`).MatchString(s.Image) {
			return "image " + s.Image
		}
		return ""
	}},
}

func TestComposeServicesKeepTheRules(t *testing.T) {
	for _, service := range compose(t).Services {
		for _, rule := range composeRules {
			if wrong := rule.broken(service); wrong != "" {
				t.Errorf("%s: %s (%s)", service.Name, wrong, rule.reason)
			}
		}
	}
}

func TestComposeRulesFindWhatIsWrong(t *testing.T) {
	inline := "hunter2"
	bad := types.ServiceConfig{Name: "bad", Restart: types.RestartPolicyUnlessStopped}
	bad.Image = "bad:latest"
	bad.Ports = []types.ServicePortConfig{{Target: 5432}}
	bad.Environment = types.MappingWithEquals{"PARLEY_SECRET_KEY": &inline}
	for _, rule := range composeRules {
		if rule.broken(bad) == "" {
			t.Errorf("goes unnoticed: %s", rule.reason)
		}
	}
}

func TestEverySecretOfTheComposeFileIsMadeByMake(t *testing.T) {
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	for name, secret := range compose(t).Secrets {
		if secret.File != "secrets/"+name {
			t.Errorf("secret %s is in %s", name, secret.File)
		}
		if text := string(makefile); !strings.Contains(text, "make_secret "+name+" ") && !strings.Contains(text, "-s "+name+" ") {
			t.Errorf("make secrets says nothing of %s", name)
		}
	}
}

func TestImageIsBuiltWithTheGoOfTheModule(t *testing.T) {
	module, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	dockerfile, err := os.ReadFile("Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(module)
	if version == nil || !strings.Contains(string(dockerfile), "FROM golang:"+string(version[1])+"-") {
		t.Errorf("go.mod wants Go %s, the Dockerfile has another", version)
	}
}

// The image is a static program on a base without a shell, run by nobody
// special, with every folder that the gateway is told to write to.
func TestImageIsStaticAndHasItsFolders(t *testing.T) {
	read := func(name string) string {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	dockerfile := read("Dockerfile")
	last := dockerfile[strings.LastIndex(dockerfile, "\nFROM "):]
	for _, line := range []string{
		"FROM gcr.io/distroless/static-debian12:nonroot", "COPY --from=build /src/parley /parley", "COPY --from=build --chown=65532:65532 /folders/ /", "USER 65532:65532",
	} {
		if !strings.Contains(last, "\n"+line+"\n") {
			t.Errorf("the image lacks %q", line)
		}
	}
	if strings.Contains(last, "\nRUN ") {
		t.Error("there is no shell to run anything with")
	}
	if !strings.Contains(read("Makefile"), "CGO_ENABLED=0 go build") {
		t.Error("the program is not static")
	}
	folder := compose(t).Services["gateway"].Environment["PARLEY_EVIDENCE_DIR"]
	if folder == nil || !strings.Contains(dockerfile, "mkdir -p /folders"+*folder+"\n") {
		t.Errorf("the image has no folder %v", folder)
	}
}

// A setting that the gateway does not know stops its start.
func TestComposeSettingsAreKnown(t *testing.T) {
	known := map[string]bool{}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[settings]()) {
		name := field.Tag.Get("env")
		known[name], known[name+"_FILE"] = true, true
	}
	for _, service := range compose(t).Services {
		for name := range service.Environment {
			if strings.HasPrefix(name, "PARLEY_") && !known[name] {
				t.Errorf("%s: %s is no setting", service.Name, name)
			}
		}
	}
}

// granted says whether a path is where a service finds one of its secrets.
func granted(s types.ServiceConfig, path string) bool {
	return slices.ContainsFunc(s.Secrets, func(secret types.ServiceSecretConfig) bool {
		return path == "/run/secrets/"+secret.Source
	})
}

func compose(t *testing.T) *types.Project {
	t.Helper()
	project, err := loadCompose(t.Context(), operatorSettings)
	if err != nil {
		t.Fatal(err)
	}
	return project
}

func loadCompose(ctx context.Context, settings types.Mapping) (*types.Project, error) {
	return loader.LoadWithContext(ctx, types.ConfigDetails{
		WorkingDir:  ".",
		ConfigFiles: []types.ConfigFile{{Filename: "docker-compose.yml"}},
		Environment: settings,
	})
}
