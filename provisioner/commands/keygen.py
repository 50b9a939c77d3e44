"""`provisioner keygen`: makes the network's sealing key and says where its halves go.

Writes no file: the private half must not lie about.
"""

import json

import click

from provisioner.commands.options import TEXT_OR_JSON
from provisioner.output import echo
from provisioner.redaction import disclosed
from provisioner.secrets.sealing import generate_keypair, key_id_of


@click.command()
@TEXT_OR_JSON
def keygen(format_: str) -> None:
    """Make the network's sealing key.

    Prints a new pair. Hubs seal secrets with the public half; only the
    private half opens them, in GitHub Actions.
    """
    pair = generate_keypair()
    if format_ == "json":
        echo(disclosed(json.dumps({"public": pair.public, "private": pair.private})))
    else:
        message = _INSTRUCTIONS.format(pair=pair, id=key_id_of(pair.public))
        echo(disclosed(message.rstrip("\n")))


_INSTRUCTIONS = """\
A new sealing key (id {id}). It is shown once and written nowhere.

Public half. Everyone may know it. In the catalog's `network.yaml`, write

    sealing_key: {pair.public}

Private half. Nobody may know it. On github.com, open the network's repository,
then Settings, Environments, and the environment that the provisioner runs in
(docs/set-up.md, step 6). Under Environment secrets, add the secret
PROVISIONER_SEALING_KEY with the value

    {pair.private}

Keep a copy in the network's password manager: without it no sealed value can
be opened, and every hub would have to seal its secrets anew.

If the network has a key already: put the new private half first and the old one
after it, separated by a space, until every hub has sealed its secrets anew.
"""
