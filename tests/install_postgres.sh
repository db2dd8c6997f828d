#!/bin/sh
# Installs PostgreSQL's server for the tests from Debian's packages, or says why it cannot.
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Expected PostgreSQL's server for the tests, but it is not installed, and this user may not install it: apt install postgresql" >&2
    exit 1
fi
echo "Installing PostgreSQL for the tests …"
export DEBIAN_FRONTEND=noninteractive
# The tests start clusters of their own; the package's default cluster must not be made, nor started.
mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql >/dev/null
