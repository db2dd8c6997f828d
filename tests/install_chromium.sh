#!/bin/sh
# Installs Chromium and fonts for Chinese from Debian's packages for the tests, or says why it cannot.
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Expected Chromium and Noto Sans CJK for the tests, but they are not installed, and this user may not install them: apt install chromium-headless-shell fonts-noto-cjk" >&2
    exit 1
fi
echo "Installing Chromium for the tests …"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium-headless-shell fonts-noto-cjk >/dev/null
