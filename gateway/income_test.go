package gateway_test

import (
	"testing"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/gateway/gatewaytest"
)

func TestCaseRecordIsAnIncomeSource(t *testing.T) {
	gatewaytest.IncomeSource(t, gateway.CaseRecord{}, family(), directory.Case{Reference: reference})
}
