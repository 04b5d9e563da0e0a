package webchat

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
)

// connected opens the chat in a real browser and waits until it is live.
func (b *bench) connected(t *testing.T) *chromium {
	t.Helper()
	c := b.chromium(t)
	c.Do(chromedp.Navigate(b.url + "/chat"))
	c.press(".govuk-button:not(.exit__button)")
	c.Until(`document.querySelector("ol.log") !== null && document.querySelector("p.connection:not(.typing)").textContent === ""`)
	return c
}

// cut breaks every connection off, without a goodbye.
func (b *bench) cut() {
	for _, tab := range b.chat.hub.all() {
		tab.line.drop()
	}
}

// TestAPageThatIsCutOff: a real browser that is cut off before an answer is
// sent, and before it is acknowledged, sends it once and shows it once.
func TestAPageThatIsCutOff(t *testing.T) {
	b := newBench(t, everyKind())
	c := b.connected(t)
	choose := func(script string) {
		evaluate[bool](c, `(() => { `+script+`; document.querySelector("#question .govuk-button").click(); return true; })()`)
	}
	settled := func(entries int) {
		t.Helper()
		c.Until(fmt.Sprintf(`document.querySelectorAll("ol.log > li").length === %d && document.querySelectorAll("ol.log > [data-sequence='']").length === 0`, entries))
		c.Until(`[...document.querySelectorAll(".bubble__state")].every((state) => state.textContent === "Sent")`)
	}
	b.cut()
	choose(`document.querySelector("#answer").checked = true`)
	settled(3)
	c.Until(`document.querySelector("#choice-0") !== null && document.querySelector("#answer").type === "text"`)
	choose(`document.querySelector("#answer").value = "410"; document.querySelector("#choice-0").checked = true`)
	b.cut()
	settled(5)
	if diff := cmp.Diff([]string{"up", "410 a week"}, b.texts()); diff != "" {
		t.Errorf("the gateway heard (-want +got):\n%s", diff)
	}
}
