"""What Vercel is, in one value. Its clients are imported when they are made."""

from provisioner.hosting.accounts import HostAccountReader
from provisioner.hosting.base import Host
from provisioner.hosting.kind import Hints, HostAccess, HostKind
from provisioner.hosting.vercel.account import WORDS, VercelAccount
from provisioner.hosting.vercel.doctor import VercelDoctor
from provisioner.hosting.vercel.refusals import words


def _connect(access: HostAccess) -> Host:
    from provisioner.hosting.vercel.api import Vercel  # noqa: PLC0415 - see above

    return Vercel(access.url, access.token, access.http, access.clock)


def _accounts(access: HostAccess) -> HostAccountReader:
    from provisioner.hosting.vercel.accounts import VercelAccounts  # noqa: PLC0415
    from provisioner.hosting.vercel.session import VercelSession  # noqa: PLC0415

    return VercelAccounts(VercelSession(access.url, access.token, access.http, access.clock))


VERCEL = HostKind(
    key="vercel",
    name="Vercel",
    url="https://api.vercel.com",
    account=VercelAccount,
    account_words=WORDS,
    own_domains=(
        "vercel.app",
        "vercel.dev",
        "vercel.com",
        "vercel.sh",
        "vercel-dns.com",
        "now.sh",
    ),
    pages=r"vercel\.com/",
    error_header="X-Vercel-Error",
    hints=Hints(
        show_to_all="On Vercel, in the settings of the project {project} under Deployment "
        "Protection, let everybody see the production site.",
        take_redirect_away="On Vercel, in the settings of the project {project} under Domains, "
        "take the redirect away; or, if it is meant, add the domain that it leads to in "
        "hubs/{hub}.yaml.",
        connect="open its settings on Vercel, Git, and",
        release_domain="remove it {where}, under Domains",
        promote="the project on Vercel may keep new builds back: promote the build there",
    ),
    words=words,
    doctor=VercelDoctor(),
    connect=_connect,
    accounts=_accounts,
)
