package webchat

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"parley/internal/servertest"
)

// a chromium is a real browser, at the width of a small telephone unless it is
// told otherwise.
type chromium struct {
	t   *testing.T
	ctx context.Context
	url string
	axe string
}

func (b *bench) chromium(t *testing.T) *chromium {
	t.Helper()
	axe := servertest.Axe(t) // with the page's own script, which make assets builds
	if !b.chat.config.Assets.Built() {
		t.Fatal("the page's styles and script are not built: run make assets")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(servertest.Chromium(t)),
		chromedp.NoSandbox, // a container's root has no other way
	)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithErrorf(t.Errorf))
	t.Cleanup(cancel)
	c := &chromium{t, ctx, b.url, axe}
	c.do(chromedp.EmulateViewport(320, 640))
	c.ctx, cancel = context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancel)
	return c
}

func (c *chromium) do(actions ...chromedp.Action[chromedp.Void]) {
	c.t.Helper()
	if err := chromedp.Do(c.ctx, actions...); err != nil {
		c.t.Fatal(err)
	}
}

// scripts lets pages run theirs, or not.
func (c *chromium) scripts(on bool) {
	c.t.Helper()
	c.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	}))
}

// evaluate runs a script in the page.
func evaluate[T any](c *chromium, script string) T {
	c.t.Helper()
	value, err := chromedp.Run(c.ctx, chromedp.Evaluate[T](script))
	if err != nil {
		c.t.Fatal(err)
	}
	return value
}

// shoot keeps a picture of the whole page where PARLEY_TEST_SCREENSHOTS says.
func (c *chromium) shoot(name string) {
	c.t.Helper()
	folder := os.Getenv("PARLEY_TEST_SCREENSHOTS")
	if folder == "" {
		return
	}
	picture, err := chromedp.Run(c.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o600); err != nil {
		c.t.Fatal(err)
	}
}

// mustBeAccessible checks the page against the rules of WCAG 2.2 A and AA and
// of good practice, and that nothing of it lies outside the screen's width
// (success criterion 1.4.10).
func (c *chromium) mustBeAccessible(state string) {
	c.t.Helper()
	c.do(chromedp.Evaluate[chromedp.Void](c.axe))
	violations, err := chromedp.Run(c.ctx, chromedp.Evaluate[[]string](`axe.run(document, {
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
	}).then(({violations}) => violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html + " " + n.failureSummary).join("; ")))`, chromedp.EvalAwaitPromise))
	if err != nil {
		c.t.Fatal(err)
	}
	for _, violation := range violations {
		c.t.Errorf("%s: %s", state, violation)
	}
	if width := evaluate[int](c, `document.documentElement.scrollWidth`); width > 320 {
		c.t.Errorf("%s: the page is %d pixels wide", state, width)
	}
	c.shoot(state)
}

// press fills in fields by their selectors, activates what a selector finds,
// and waits for the page that this leads to.
func (c *chromium) press(selector string, fields ...string) {
	c.t.Helper()
	c.fill(fields...)
	if !evaluate[bool](c, fmt.Sprintf(`(() => { window.here = true; const it = document.querySelector(%q); it?.click(); return it !== null; })()`, selector)) {
		c.t.Fatalf("there is no %s on the page", selector)
	}
	c.until(`!window.here && document.readyState === "complete"`)
}

// fill enters values into fields, which it finds by selectors.
func (c *chromium) fill(fields ...string) {
	c.t.Helper()
	for i := 0; i+1 < len(fields); i += 2 {
		found := evaluate[bool](c, fmt.Sprintf(`(() => {
			const field = document.querySelector(%q);
			if (field && (field.type === "radio" || field.type === "checkbox")) field.checked = true;
			else if (field) field.value = %q;
			return field !== null;
		})()`, fields[i], fields[i+1]))
		if !found {
			c.t.Fatalf("there is no %s on the page", fields[i])
		}
	}
}

// until waits until a script says that something holds.
func (c *chromium) until(script string) {
	c.t.Helper()
	for range 250 {
		if holds, err := chromedp.Run(c.ctx, chromedp.Evaluate[bool](script)); err == nil && holds {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	c.shoot("failed")
	c.t.Fatalf("it never came to hold that %s; the page says %q", script, evaluate[string](c, `document.body.innerText`))
}

func TestEveryPageIsAccessibleWithoutJavaScript(t *testing.T) {
	b := newBench(t, everyKind())
	c := b.chromium(t)
	c.scripts(false)
	page := 0
	look := func(name string) {
		t.Helper()
		page++
		c.scripts(true) // for axe alone: the page's own were passed by
		defer c.scripts(false)
		c.mustBeAccessible(fmt.Sprintf("plain-%02d-%s", page, name))
	}
	visit := func(path, name string) {
		t.Helper()
		c.do(chromedp.Navigate(b.url + path))
		look(name)
	}
	visit("/chat/l/good", "link")
	visit("/chat/nowhere", "not-found")
	visit("/chat?language=cy", "start-welsh")
	visit("/chat", "start")
	c.press(".govuk-button:not(.exit__button)")
	look("choice")
	c.press("#question .govuk-button")
	look("choice-error")
	c.press("#question .govuk-button", "#answer", "")
	look("money-per-period")
	c.press("#question .govuk-button", "#answer", "350 or 400")
	look("money-per-period-problem")
	c.press("#question .govuk-button", "#answer", "410", "#choice-0", "")
	look("date")
	c.press("#question .govuk-button", "#answer", "1", "#month", "11", "#year", "2026")
	look("file")
	c.press(".other-ways .govuk-button")
	look("check")
	for _, kind := range []string{"many", "yes-no", "period"} {
		c.press("#question .govuk-button")
		look(kind)
		if kind != "period" {
			evaluate[bool](c, `document.querySelector("#answer").checked = true`)
		}
	}
	for _, kind := range []string{"money", "nights", "number", "name", "address", "postcode", "telephone", "email", "insurance", "case", "text", "end"} {
		c.press("#question .govuk-button", "#answer", "1")
		look(kind)
	}
	visit("/chat/copy", "copy")
}
