package webchat

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
)

// Every word is there in both languages, takes the same values in each, and is
// said by some page or part of the code.
func TestWords(t *testing.T) {
	source := ""
	for _, folder := range []fs.FS{pageFiles} {
		files, err := fs.Glob(folder, "pages/*.html")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			content, err := fs.ReadFile(folder, name)
			if err != nil {
				t.Fatal(err)
			}
			source += string(content)
		}
	}
	for _, found := range regexp.MustCompile(`\.Say "([^"]*)"`).FindAllStringSubmatch(source, -1) {
		if _, ok := words[found[1]]; !ok {
			t.Errorf("a page says %q, which has no words", found[1])
		}
	}
	values := regexp.MustCompile(`%[a-z]`)
	for key, both := range words {
		english, welsh := both[0], both[1]
		if english == "" || welsh == "" || key != "error" && english == welsh {
			t.Errorf("%q is %q and %q", key, english, welsh)
		}
		if a, b := values.FindAllString(english, -1), values.FindAllString(welsh, -1); strings.Join(a, "") != strings.Join(b, "") {
			t.Errorf("%q takes %v in English and %v in Welsh", key, a, b)
		}
	}
}
