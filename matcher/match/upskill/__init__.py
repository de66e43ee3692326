"""Train-up: trainings by the jobs that they open to a person."""
