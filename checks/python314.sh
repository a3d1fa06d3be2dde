#!/usr/bin/env bash
# Puts Debian's own Python 3.14 into a folder, with the C library that it was built for, and changes nothing outside it:
#   bash checks/python314.sh FOLDER      → FOLDER/bin/python3.14
# For continuous integration on a Debian that has no Python 3.14 yet; needs apt-get, dpkg-deb and patchelf.
set -euo pipefail
suite=forky
packages=(
  python3.14 python3.14-minimal libpython3.14-minimal libpython3.14-stdlib python3.14-venv python3-pip-whl
  libc6 libexpat1 zlib1g libssl3t64 libffi8 libsqlite3-0 libbz2-1.0 liblzma5 libncursesw6 libtinfo6 libreadline8t64
  libuuid1 libzstd1 libgcc-s1 libstdc++6 libdb5.3t64
)
folder=$(mkdir -p "$1" && cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir -p "$work"/{lists,cache/archives}/partial "$work/debs"
mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -m1 'debian/$')
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$work/sources.list"
apt=(apt-get -qq -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=/dev/null
  -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=)
"${apt[@]}" update
(cd "$work/debs" && "${apt[@]}" download "${packages[@]}")
for package in "$work"/debs/*.deb; do dpkg-deb -x "$package" "$work/root"; done
cp -a "$work/root/usr/." "$folder"

# Its own loader and libraries, found wherever the folder lies.
libraries=$(dirname "$(find "$folder/lib" -name 'ld-linux*' -print -quit)")
loader=$(find "$libraries" -name 'ld-linux*' -print -quit)
patchelf --set-interpreter "$loader" --force-rpath --set-rpath "$libraries" "$folder/bin/python3.14"
sed -i "s|/usr/share/python-wheels|$folder/share/python-wheels|" "$folder"/lib/python3.14/_sysconfigdata_*.py
rm -f "$folder/lib/python3.14/EXTERNALLY-MANAGED"
"$folder/bin/python3.14" -c 'import ctypes, ssl, sqlite3, compression.zstd, sys; print(sys.version)'
