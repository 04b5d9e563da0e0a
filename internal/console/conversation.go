package console

// ConversationConfig is what the pages of conversations need of the gateway.
type ConversationConfig struct{}

func (c *Console) conversationRoutes() []route { return nil }
