package console

func (c *Console) connectRoutes() []route { return nil }
