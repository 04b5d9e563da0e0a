package console

// CaseConfig is what the pages of cases, people and search need of the gateway.
type CaseConfig struct{}

func (c *Console) caseRoutes() []route { return nil }
