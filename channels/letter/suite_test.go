package letter

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"parley/channels/channeltest"
	"parley/gateway"
	"parley/gateway/directory"
)

func TestChannelKeepsTheContract(t *testing.T) {
	channeltest.Run(t, func(t *testing.T, _ *channeltest.Receiver) channeltest.Harness {
		b := newBench(t)
		return channeltest.Harness{
			Channel: b.channel,
			Person:  gateway.Address{Channel: directory.Letter, Value: sam},
			Behave: func(as channeltest.Behaviour) bool {
				switch as {
				case channeltest.Accepts:
				case channeltest.Postpones:
					b.people.err = errAway
				case channeltest.Unreachable:
					if err := os.Remove(b.dir); err != nil {
						t.Error(err)
					}
				default:
					return false // a folder takes a file or does not
				}
				return true
			},
			Taken: func() []string {
				files, err := filepath.Glob(filepath.Join(b.dir, "*.pdf"))
				if err != nil {
					t.Error(err)
				}
				var texts []string
				for _, file := range files {
					texts = append(texts, b.read(filepath.Base(file)))
				}
				return texts
			},
		}
	})
}

// people is the store, as far as letters ask it.
type people struct {
	err     error
	person  directory.Person
	parties []directory.Party
}

func (p *people) Person(_ context.Context, id directory.PersonID) (directory.Person, []directory.Party, error) {
	if p.err != nil {
		return directory.Person{}, nil, p.err
	}
	person := p.person
	person.ID = id
	return person, p.parties, nil
}
