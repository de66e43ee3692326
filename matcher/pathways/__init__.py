"""Pathways: target group, routing, phase, duties and instruments, as dated rules with sources."""
