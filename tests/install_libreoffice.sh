#!/bin/sh
# Installs what prints papers for the tests from Debian's packages (LibreOffice, Poppler, and two fonts), or says why it cannot.
packages="libreoffice-writer-nogui poppler-utils fonts-noto-cjk fonts-liberation"
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Expected LibreOffice, Poppler, Noto CJK and Liberation for the tests, but not all are installed, and this user may not install them: apt install $packages" >&2
    exit 1
fi
echo "Installing LibreOffice for the tests …"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # a list of packages
apt-get update -qq && apt-get install -y -qq --no-install-recommends $packages >/dev/null
