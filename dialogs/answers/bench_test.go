package answers

import "testing"

// go test -bench . -benchmem ./dialogs/answers
func BenchmarkRead(b *testing.B) {
	for _, text := range []string{"yes", "I haven't", "nac ydw"} {
		b.Run("yesno/"+text, func(b *testing.B) { benchmark(b, text, ReadYesNo) })
	}
	for _, text := range []string{"£410 a week", "four hundred and ten pounds a week", "I get about £1.2k pm", "350 or 400"} {
		b.Run("money/"+text, func(b *testing.B) { benchmark(b, text, ReadMoney) })
	}
	for _, text := range []string{"3/11/2026", "3rd of November", "last Friday", "2 weeks ago"} {
		b.Run("date/"+text, func(b *testing.B) { benchmark(b, text, ReadDate) })
	}
	for _, text := range []string{"3 nights a week", "every other weekend and wednesdays"} {
		b.Run("nights/"+text, func(b *testing.B) { benchmark(b, text, ReadNights) })
	}
	for _, text := range []string{"2", "about the same", "dwon"} {
		b.Run("choice/"+text, func(b *testing.B) {
			benchmark(b, text, func(text string, c Context) (int, error) { return ReadChoice(text, directions, c) })
		})
	}
	b.Run("number/3", func(b *testing.B) { benchmark(b, "3", ReadNumber) })
	b.Run("phone/07700 900123", func(b *testing.B) { benchmark(b, "07700 900123", ReadPhone) })
	b.Run("phone/020 7946 0123", func(b *testing.B) { benchmark(b, "020 7946 0123", ReadPhone) })
	b.Run("email/sam@example.com", func(b *testing.B) { benchmark(b, "sam@example.com", ReadEmail) })
}

func benchmark[T any](b *testing.B, text string, read func(string, Context) (T, error)) {
	b.ReportAllocs()
	for b.Loop() {
		read(text, inEnglish)
	}
}
