#!/bin/sh
# Make or complete .venv in the checkout: `tools/venv.sh run` for the run-time set,
# `tools/venv.sh dev` for the development set on top of it. Does nothing where it is complete.
#
# .venv/residua.unfinished stands while something is being installed: a call that finds it was
# preceded by an interrupted one and starts .venv afresh. .venv/residua.run, .dev and .project
# hold checksums of what was installed; a changed lock reinstalls. .venv/residua.home names the
# checkout: the commands in .venv hold its path, so a moved checkout starts .venv afresh too.
set -u

want=${1:-}
case $want in
run | dev) ;;
*)
    echo "usage: tools/venv.sh run|dev" >&2
    exit 2
    ;;
esac
unset CDPATH
cd "$(dirname "$0")/.." || exit 1
here=$(pwd -P)
venv=.venv
python=$venv/bin/python
unfinished=$venv/residua.unfinished
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
unset PYTHONHOME PYTHONPATH

say() { printf '%s\n' "$*" >&2; }

# Sets base and version to the first Python of the list that runs and is new enough.
choose_python() {
    found=
    for name in python3.13 python3.12 python3.11 python3; do
        # A pyenv shim may stand in PATH and yet fail, so each is tried, not only looked up.
        version=$("$name" -c 'import platform; print(platform.python_version())' 2>/dev/null) || continue
        if "$name" -c "$new_enough" 2>/dev/null; then
            base=$name
            return 0
        fi
        found="$found $name is $version;"
    done
    if [ -n "$found" ]; then
        say "Residua needs Python 3.11 or newer. Found:${found%;}."
    else
        say "Residua needs Python 3.11 or newer. No python3 that runs was found."
    fi
    say "  Debian, Ubuntu:  sudo apt install python3.11 python3.11-venv   (or python3.12, python3.13)"
    say "  Fedora:          sudo dnf install python3.13"
    say "  macOS:           brew install python@3.13, or the installer from python.org"
    return 1
}

# Debian and Ubuntu keep ensurepip, which `venv` needs to put pip in, in a package of its own.
has_venv() {
    minor=$("$base" -c 'import sys; print("3.%d" % sys.version_info[1])')
    "$base" -c 'import venv, ensurepip' >/dev/null 2>&1 && return 0
    say "$base ($version) lacks the venv or ensurepip module, so .venv cannot be made."
    say "  Debian, Ubuntu:  sudo apt install python$minor-venv"
    say "  Fedora:          sudo dnf install python$minor python3-pip"
    say "  macOS:           brew install python@$minor, or the installer from python.org"
    say "Then run the same command again."
    return 1
}

make_venv() {
    choose_python && has_venv || return 1
    say "making .venv with $base ($version)"
    rm -rf "$venv" && mkdir "$venv" && : >"$unfinished" || return 1
    # -I: no module of this folder or of the user gets in the way.
    if ! "$base" -I -m venv "$venv" || ! "$python" -m pip --version >/dev/null; then
        say "$base ($version) could not make .venv; the message above says why."
        say "  Debian, Ubuntu:  sudo apt install python$minor-venv"
        rm -rf "$venv"
        return 1
    fi
}

usable() {
    [ ! -e "$unfinished" ] && [ "$(cat "$venv/residua.home" 2>/dev/null || echo "$here")" = "$here" ] &&
        "$python" -c "$new_enough" 2>/dev/null &&
        "$python" -m pip --version >/dev/null 2>&1
}

pip_install() {
    "$python" -m pip --disable-pip-version-check install -qq --no-build-isolation "$@"
}

# step NAME CHECKSUM ARGUMENTS: pip installs, unless .venv/residua.NAME holds the checksum.
step() {
    set_name=$1 sum=$2 stamp=$venv/residua.$1
    shift 2
    [ "$(cat "$stamp" 2>/dev/null)" = "$sum" ] && return 0
    : >"$unfinished"
    rm -f "$stamp"
    say "installing: $set_name (minutes the first time, seconds later)"
    if ! pip_install "$@"; then
        say "The installation did not finish; run the same command again when the cause is gone."
        say "(It needs the package index once: check the network, or pip's own settings.)"
        return 1
    fi
    printf '%s\n' "$sum" >"$stamp"
}

checksum() { cat "$@" | cksum; }

usable || make_venv || exit 1
step run "$(checksum requirements/run.lock)" --require-hashes -r requirements/run.lock || exit 1
if [ "$want" = dev ]; then
    step dev "$(checksum requirements/run.lock requirements/dev.lock)" \
        --require-hashes -r requirements/dev.lock || exit 1
fi
step project "$(checksum pyproject.toml)" --no-deps --editable . || exit 1
printf '%s\n' "$here" >"$venv/residua.home"
rm -f "$unfinished"
