package console

func (c *Console) catalogueRoutes() []route { return nil }
