// Package routes says where what people write first leads: to which dialog,
// which work item, or which words about who else can help. It is one table
// (routes.yaml) and those words (signposts.yaml), read, checked and drawn.
//
// What an address that proves nothing may hear, and that what the record holds
// is told to nobody before they have shown who they are, follows the identity
// levels of GOV.UK's guide to identity checks (Good Practice Guide 45) as the
// heart applies them. Reading messages, following the table and sending are
// left to the gateway and to main.
package routes
