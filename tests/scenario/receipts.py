"""Where the receipts of these stories come from and lie, and what their site is called."""

from pathlib import Path

from provisioner.models.receipt import Receipt
from provisioner.receipts.reading import canonical

DOMAIN = "docs.nairobi.example.org"
COPY, PROJECT = "nairobi-commons/nairobi--docs", "nairobi--docs"


def saved(receipt: Receipt, folder: Path) -> Path:
    path = folder / "receipt.json"
    path.write_text(canonical(receipt))
    return path
