package console

func (c *Console) searchRoutes() []route { return nil }
