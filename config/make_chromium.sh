#!/bin/sh
# See that there is a Chromium for the tests. Called by the Makefile from the top folder.
#
# Where none is installed we fetch Debian's, with the libraries this machine lacks, and unpack
# it under .venv/chromium: installing it would take root and change the system. Nothing here
# fails; without a browser the tests that need one say so.
set -u
home=.venv/chromium

[ "${AQWAL_NO_BROWSER:-}" = 1 ] && exit 0
[ -n "${CHROMIUM:-}" ] && exit 0
[ -x "$home/run" ] && exit 0
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null && exit 0
done
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || exit 0

echo "Fetching Chromium for the browser tests (190 MB; \`apt install chromium\` saves this) ..."
aside=$(mktemp -d) || exit 0
trap 'rm -rf "$aside"' EXIT
mkdir -p "$aside/lists/partial" "$aside/cache/archives/partial"

# apt-get with lists and cache of its own asks for no rights.
fetch() {
    apt-get -qq -o Debug::NoLocking=1 -o APT::Sandbox::User= -o Dir::Cache="$aside/cache" \
        -o Dir::State::Lists="$aside/lists" "$@" >"$aside/said" 2>&1
}
fetch update &&
    fetch install --download-only --yes --no-install-recommends \
        chromium fonts-dejavu-core libatomic1 || {
    echo "Chromium could not be fetched: $(tail -n 1 "$aside/said")" >&2
    exit 0
}
rm -rf "$home"
mkdir -p "$home"
for package in "$aside"/cache/archives/*.deb; do
    dpkg-deb -x "$package" "$home" || exit 0
done
# Ubuntu's package is empty and only points to a snap.
[ -x "$home/usr/lib/chromium/chromium" ] || {
    echo "This system's packages hold no Chromium that can be unpacked." >&2
    rm -rf "$home"
    exit 0
}

# Without a configuration of its own fontconfig finds no font in an unusual place.
cat >"$home/run" <<'RUN'
#!/bin/sh
home=$(cd "$(dirname "$0")" && pwd)
libraries=
for folder in "$home"/usr/lib/*-linux-gnu "$home"/lib/*-linux-gnu "$home"/usr/lib/*-linux-gnu/pulseaudio; do
    [ -d "$folder" ] && libraries=$libraries:$folder
done
cat >"$home/fonts.conf" <<FONTS
<?xml version="1.0"?><fontconfig>
<dir>$home/usr/share/fonts</dir><dir>/usr/share/fonts</dir><cachedir>$home/cache</cachedir>
</fontconfig>
FONTS
export LD_LIBRARY_PATH="${libraries#:}" FONTCONFIG_FILE="$home/fonts.conf"
exec "$home/usr/lib/chromium/chromium" "$@"
RUN
chmod +x "$home/run"
