"""Learning: ranking weights fitted to what coaches said of offers."""
