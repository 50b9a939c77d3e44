"""The provisioner's version. A job runs it from a checkout, where no package tells it."""

VERSION = "0.1.0"
