#!/bin/sh
# Build .venv with $PYTHON. Called by the Makefile from the top folder.
#
# Debian and Ubuntu keep the part of Python that puts pip into a new environment in packages
# of their own, which a fresh machine lacks. We then make the environment without pip and
# take pip from the system's pip, or from Debian's package of it: fetched and unpacked beside,
# since installing it would take root.
set -u
python=${PYTHON:-python3}

if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    exec "$python" -m venv .venv
fi

give_up() {
    rm -rf .venv
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    echo "This system's Python cannot make virtual environments yet. Install the missing part:" >&2
    echo "    sudo apt install $package" >&2
    echo "and run the same command again." >&2
    exit 1
}

"$python" -m venv --without-pip .venv 2>/dev/null || give_up

if "$python" -m pip --python .venv install -qq --disable-pip-version-check pip 2>/dev/null; then
    exit 0
fi

command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || give_up
echo "Fetching pip from the system's packages, as this Python comes without it ..."
aside=$(mktemp -d) || give_up
trap 'rm -rf "$aside"' EXIT
mkdir -p "$aside/lists/partial" "$aside/cache/archives/partial"

# apt-get with lists and cache of its own asks for no rights.
fetch() {
    (cd "$aside" && apt-get -qq -o Debug::NoLocking=1 -o APT::Sandbox::User= \
        -o Dir::Cache="$aside/cache" "$@") >/dev/null 2>&1
}
fetch download python3-pip-whl || {
    fetch -o Dir::State::Lists="$aside/lists" update
    fetch -o Dir::State::Lists="$aside/lists" download python3-pip-whl
} || give_up
dpkg-deb -x "$aside"/python3-pip-whl_*.deb "$aside/unpacked" || give_up
for wheel in "$aside"/unpacked/usr/share/python-wheels/pip-*.whl; do
    .venv/bin/python "$wheel/pip" install -qq --no-index --no-deps "$wheel" && exit 0
done
give_up
