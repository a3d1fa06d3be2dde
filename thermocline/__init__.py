"""The shared core of Thermocline: what the Lambda functions and Glue jobs run."""
