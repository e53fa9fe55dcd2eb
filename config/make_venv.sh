#!/bin/sh
# Build .venv with $PYTHON. Called by the Makefile from the top folder.
#
# Debian and Ubuntu keep the part of Python that puts pip into a new environment in a
# package of its own. Where it is missing we install that package when we may; otherwise we
# make the environment without pip and lend it the system's pip, where there is one.
set -u
python=${PYTHON:-python3}

if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    exec "$python" -m venv .venv
fi

package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing $package, which this system's Python lacks ..."
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq "$package"; } >/dev/null 2>&1
    if "$python" -c 'import ensurepip' 2>/dev/null; then
        exec "$python" -m venv .venv
    fi
fi

if "$python" -m pip --version >/dev/null 2>&1 && "$python" -m venv --without-pip .venv; then
    exec "$python" -m pip --python .venv install --quiet --disable-pip-version-check pip
fi

rm -rf .venv
echo "This system's Python cannot make virtual environments yet. Install the missing part:" >&2
echo "    sudo apt install $package" >&2
echo "and run the same command again." >&2
exit 1
