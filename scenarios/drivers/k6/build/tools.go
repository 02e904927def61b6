//go:build tools

// Keeps k6 in go.mod when the module is tidied: nothing here imports it otherwise.
package tools

import _ "go.k6.io/k6/v2"
