package income

import (
	"testing"

	"parley/gateway/gatewaytest"
)

func TestALookupIsAnIncomeSource(t *testing.T) {
	_, source := service(t, func(*Config) {})
	gatewaytest.IncomeSource(t, Lookup{source}, paidBySam(sam), paidBySam(""))
}
