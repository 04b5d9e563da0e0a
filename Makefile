# Parley: build, run and check. `make` lists what there is.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# Set on the command line: make build VERSION=1.2.0, make fuzz FUZZTIME=1m
# ONLY=channels, make chaos SEED=7 SPAN=50m PARENTS=100000.
VERSION ?=
FUZZTIME ?= 10s
ONLY ?=
FROM ?=
SEED ?= 1
SPAN ?= 1m
PARENTS ?= 2000
ROUND ?= 5m
SUMMARY ?= /tmp/parley-chaos.md
TESTFLAGS ?=
WEB := internal/web

.PHONY: help run build test vulns lint fmt bench chaos cluster fuzz assets secrets clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: assets build ## Start the whole gateway with made-up cases and simulated carriers
	./parley demo

build: ## Build ./parley, one static program
	CGO_ENABLED=0 go build -trimpath -ldflags '-X main.release=$(VERSION)' -o parley .

test: lint ## Check everything; tests that lack a server are skipped and listed
	@skips=$$(mktemp); trap 'rm -f "$$skips"' EXIT; status=0; \
	PARLEY_TEST_SKIPS="$$skips" go test -v -vet=off -timeout 20m $(TESTFLAGS) ./... | awk -f .ci/tally.awk || status=$$?; \
	if [ -s "$$skips" ]; then \
		echo 'Tests skipped, and why (PARLEY_TEST_ALL=1 makes them fail):'; \
		sed 's/^[^:]*: //' "$$skips" | sort | uniq -c; \
	fi; \
	exit $$status

vulns: ## Ask Go's vulnerability database about all that is built in (needs the network)
	@go run golang.org/x/vuln/cmd/govulncheck@v1.1.4 ./... || { \
		echo 'make vulns: vulnerabilities, or, when vuln.go.dev was not reached, nothing was checked' >&2; exit 1; }

lint: ## Check the formatting, go vet and staticcheck
	@unformatted=$$(find . -name '*.go' -not -path '*/node_modules/*' -exec gofmt -l {} +); \
	if [ -n "$$unformatted" ]; then printf 'not formatted (make fmt):\n%s\n' "$$unformatted" >&2; exit 1; fi
	go vet ./...
	go tool staticcheck ./...

fmt: ## Format the Go source
	find . -name '*.go' -not -path '*/node_modules/*' -exec gofmt -w {} +

bench: ## Measure everything in some ten minutes, and write docs/benchmarks.md
	go run ./internal/bench -on "$$(date '+%-d %B %Y'), $$(git rev-parse --short HEAD)"

chaos: ## Hurt three nodes for SPAN (1m) while PARENTS (2000) talk, and count what went wrong
	PARLEY_TEST_CHAOS_SEED=$(SEED) PARLEY_TEST_CHAOS_SPAN=$(SPAN) PARLEY_TEST_CHAOS_PARENTS=$(PARENTS) \
	PARLEY_TEST_CHAOS_ROUND=$(ROUND) PARLEY_TEST_CHAOS_SUMMARY=$(SUMMARY) \
	go test -vet=off -count=1 -timeout 3h -v -run '^(TestChaos|TestADiskIsFullInTheMiddle)$$' $(TESTFLAGS) .

cluster: ## Restart three nodes one after the other while PARENTS talk, and try a Redis Cluster
	PARLEY_TEST_CHAOS_SEED=$(SEED) PARLEY_TEST_CHAOS_SPAN=$(SPAN) PARLEY_TEST_CHAOS_PARENTS=$(PARENTS) \
	go test -vet=off -count=1 -timeout 1h -v -run '^TestRollingRestart$$' $(TESTFLAGS) .
	PARLEY_TEST_ALL=1 go test -vet=off -count=1 -v -run 'OnARealCluster$$' $(TESTFLAGS) ./internal/session

fuzz: ## Run each fuzz test for FUZZTIME (10s), or those that match ONLY, or all FROM one
	@FUZZTIME=$(FUZZTIME) ONLY='$(ONLY)' FROM='$(FROM)' .ci/fuzz $(TESTFLAGS)

assets: ## Build the styles and scripts of the pages (needs npm)
	@if [ ! -f $(WEB)/package.json ]; then exit 0; fi; \
	if ! command -v npm >/dev/null; then echo 'npm is not installed: the pages will be plain' >&2; exit 0; fi; \
	npm --prefix $(WEB) ci --no-audit --no-fund --silent; \
	npm --prefix $(WEB) run --silent build

secrets: ## Make the random secrets that docker-compose.yml reads from secrets/
	@mkdir -p -m 700 secrets; cd secrets; echo '*' >.gitignore; \
	make_secret() { [ -s "$$1" ] || { printf '%s' "$$2" >"$$1"; echo "made secrets/$$1"; }; }; \
	random() { head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'; }; \
	make_secret database_password "$$(random)"; \
	make_secret database_url "postgres://parley:$$(cat database_password)@postgres:5432/parley?sslmode=disable"; \
	make_secret secret_key "$$(random)"; \
	make_secret api_tokens "caseworkers:$$(random)"; \
	[ -s twilio_auth_token ] || echo 'still to come, from Twilio: secrets/twilio_auth_token'

clean: ## Remove what the other targets made
	rm -f parley
	rm -rf $(WEB)/node_modules
	find $(WEB)/static -mindepth 1 -not -name .gitkeep -delete 2>/dev/null || true
