"""What systems outside may do, read from the environment: how often they ask, and where webhooks may lead."""

from cors import environment as env

# Requests that one token may make in a minute.
FEED_REQUESTS_A_MINUTE = env.number("FEED_REQUESTS_A_MINUTE", default=120, least=1)
# The only hosts that webhooks may lead to, by name. Without any there are none.
WEBHOOK_HOSTS = [host.lower() for host in env.words("WEBHOOK_HOSTS", default="")]
# Networks of the agency's own in which such a host may be; else private, loopback and link-local addresses are refused.
WEBHOOK_NETWORKS = env.networks("WEBHOOK_NETWORKS")
# Whether http:// will do, for a host in a network of the agency's own.
WEBHOOK_PLAIN_HTTP = env.flag("WEBHOOK_PLAIN_HTTP", default=False)
