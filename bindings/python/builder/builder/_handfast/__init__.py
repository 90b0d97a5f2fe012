# @generated from schemas/builder/asyncapi.yaml by handfast; edit that, not this.
"""What generated modules stand on. Their users import from the package around it."""
