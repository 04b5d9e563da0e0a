package console

// FiguresConfig is what the pages of figures, dialogs, audit and deliveries need.
type FiguresConfig struct {
	Audit AuditTrail
}

func (c *Console) reportRoutes() []route { return nil }
