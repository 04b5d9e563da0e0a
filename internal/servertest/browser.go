package servertest

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
	"github.com/chromedp/chromedp/kb"
)

// NarrowPhone is the width to which pages must reflow without loss (WCAG 2.2
// success criterion 1.4.10).
const NarrowPhone = 320

const browserPatience = 5 * time.Minute // for all that one test does in a browser

// Browser is a Chromium that a test drives. It forgets everything at the end.
type Browser struct {
	tb    testing.TB
	ctx   context.Context
	axe   string
	width int64
}

// OpenBrowser opens one whose window is so many CSS pixels wide.
func OpenBrowser(tb testing.TB, width int64) *Browser {
	tb.Helper()
	axe := Axe(tb)
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(Chromium(tb)),
		chromedp.NoSandbox, // a container's root has no other way
	)
	ctx, cancel := chromedp.NewExecAllocator(tb.Context(), options...)
	tb.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithErrorf(tb.Errorf))
	tb.Cleanup(cancel)
	b := &Browser{tb, ctx, axe, width}
	b.Do(chromedp.EmulateViewport(width, 640))
	b.ctx, cancel = context.WithTimeout(ctx, browserPatience)
	tb.Cleanup(cancel)
	return b
}

// Do has the browser do something.
func (b *Browser) Do(actions ...chromedp.Action[chromedp.Void]) {
	b.tb.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.tb.Fatal(err)
	}
}

// Open opens an address.
func (b *Browser) Open(address string) {
	b.tb.Helper()
	b.Do(chromedp.Navigate(address))
}

// Scripts lets pages run theirs, or not.
func (b *Browser) Scripts(on bool) {
	b.tb.Helper()
	b.Do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	}))
}

// Evaluate runs a script in the page, and returns what it comes to.
func Evaluate[T any](b *Browser, script string) T {
	b.tb.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script))
	if err != nil {
		b.tb.Fatal(err)
	}
	return value
}

// Until waits until a script says that something holds.
func (b *Browser) Until(script string) {
	b.tb.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if holds, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](script)); err == nil && holds {
			return
		}
	}
	b.Picture("failed")
	b.tb.Fatalf("it never came to hold that %s; the page says %q", script, Evaluate[string](b, `document.body.innerText`))
}

// Fill enters values into fields, which it finds by selectors: selector, value,
// selector, value. A radio or a checkbox is selected.
func (b *Browser) Fill(fields ...string) {
	b.tb.Helper()
	for i := 0; i+1 < len(fields); i += 2 {
		found := Evaluate[bool](b, fmt.Sprintf(`(() => {
			const field = document.querySelector(%q);
			field?.focus();
			if (field && (field.type === "radio" || field.type === "checkbox")) field.checked = true;
			else if (field) field.value = %q;
			return field !== null;
		})()`, fields[i], fields[i+1]))
		if !found {
			b.tb.Fatalf("there is no %s on the page", fields[i])
		}
	}
}

// Press activates what a selector finds, as a click or Enter does.
func (b *Browser) Press(selector string) {
	b.tb.Helper()
	if !Evaluate[bool](b, fmt.Sprintf(`(() => { const it = document.querySelector(%q); it?.focus(); it?.click(); return it !== null; })()`, selector)) {
		b.tb.Fatalf("there is no %s on the page; it says %q", selector, Evaluate[string](b, `document.body.innerText`))
	}
}

// Leave presses what leads to another page, and waits for that.
func (b *Browser) Leave(selector string) {
	b.tb.Helper()
	Evaluate[bool](b, `window.here = true`)
	b.Press(selector)
	b.Until(`!window.here && document.readyState === "complete"`)
}

// Type presses keys, as on a keyboard.
func (b *Browser) Type(keys string) {
	b.tb.Helper()
	b.Do(chromedp.KeyEvent(keys))
}

// TabTo presses the Tab key until what a selector finds has the focus, and says
// when no number of presses leads there (WCAG 2.2 success criterion 2.1.1).
func (b *Browser) TabTo(selector string) {
	b.tb.Helper()
	at := fmt.Sprintf(`document.activeElement.matches(%q)`, selector)
	for range 60 {
		if Evaluate[bool](b, at) {
			return
		}
		b.Type(kb.Tab)
	}
	b.tb.Fatalf("the Tab key leads to no %s; the page says %q", selector, Evaluate[string](b, `document.body.innerText`))
}

// Accessible checks the page against the rules of WCAG 2.2 A and AA and of good
// practice, and that nothing of it lies outside the window's width. It keeps a
// picture of it.
func (b *Browser) Accessible(state string) {
	b.tb.Helper()
	b.Do(chromedp.Evaluate[chromedp.Void](b.axe))
	violations, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]string](`axe.run(document, {
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
	}).then(({violations}) => violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html + " " + n.failureSummary).join("; ")))`, chromedp.EvalAwaitPromise))
	if err != nil {
		b.tb.Fatal(err)
	}
	for _, violation := range violations {
		b.tb.Errorf("%s: %s", state, violation)
	}
	if width := Evaluate[int64](b, `document.documentElement.scrollWidth`); width > b.width {
		b.tb.Errorf("%s: the page is %d pixels wide, by %s", state, width, Evaluate[string](b, widest))
	}
	b.Picture(state)
}

// widest names, innermost last, what reaches beyond the page's right edge.
const widest = `[...document.querySelectorAll("body *")]
	.filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
	.map((one) => one.tagName.toLowerCase() + [...one.classList].map((name) => "." + name).join("")).join(" ")`

// Picture keeps a picture of the whole page in the folder that
// PARLEY_TEST_SCREENSHOTS names, if any, for people to look at.
func (b *Browser) Picture(name string) {
	b.tb.Helper()
	folder := os.Getenv("PARLEY_TEST_SCREENSHOTS")
	if folder == "" {
		return
	}
	picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o600)
	}
	if err != nil {
		b.tb.Fatal(err)
	}
}
