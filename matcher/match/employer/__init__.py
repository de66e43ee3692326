"""The employer's side: who fits a need, who may be shown, how a need is worded."""
