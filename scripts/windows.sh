#!/usr/bin/env bash
# Runs the tests by CPython for Windows, in Wine, with the code page of a Chinese Windows (936):
#   bash scripts/windows.sh [pytest's words: tests/jobs -k store …]
#   bash scripts/windows.sh -m xltool convert …      (any module)
# By hand, on Debian, with Python 3.11; nothing of it is part of `make test`. It stands in build/windows.
#
# The interpreter is the one that panda3d's wheel carries for programs built with it: python311.dll and its
# extension modules. The rest of the standard library is that of the Python that runs here (the same 3.11).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD home=$PWD/build/windows
export WINEPREFIX=$home/prefix WINEDEBUG=-all LC_ALL=zh_CN.UTF-8

install() {
    apt-get install -y -q --no-install-recommends wine wine64 gcc-mingw-w64-x86-64-win32 locales >/dev/null
    sed -i 's/^# zh_CN.UTF-8/zh_CN.UTF-8/' /etc/locale.gen && locale-gen >/dev/null
}

compile() { x86_64-w64-mingw32-gcc "$@"; }

# A program that is Python, and two libraries that Wine lacks: where Rust's random numbers come from, and the
# names of the stable interface, each led on to python311.dll.
build() {
    local py=$home/python
    cat >"$home/main.c" <<'C'
#include <wchar.h>
__declspec(dllimport) int Py_Main(int, wchar_t **);
int wmain(int count, wchar_t **words) { return Py_Main(count, words); }
C
    compile -municode "$home/main.c" -o "$py/python.exe" "$py/python311.dll"
    cat >"$home/random.c" <<'C'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T count) { return SystemFunction036(bytes, (ULONG)count); }
C
    compile -shared -o "$py/bcryptprimitives.dll" "$home/random.c" -ladvapi32
    {
        printf 'LIBRARY python3\nEXPORTS\n'
        x86_64-w64-mingw32-objdump -p "$py/python311.dll" | awk '/\[Ordinal\/Name Pointer\]/ { on = 1; next } on && /\[/ { print $NF }' |
            sed -nE 's/^(_?Py.*)/\1=python311.\1/p'
    } >"$home/python3.def"
    : >"$home/empty.c"
    compile -shared -nostartfiles -Wl,-e,0 -o "$py/python3.dll" "$home/empty.c" "$home/python3.def"
}

setup() {
    local py=$home/python wheels=(--quiet --no-deps --platform win_amd64 --python-version 3.11 --implementation cp --only-binary=:all:)
    command -v wine >/dev/null && command -v x86_64-w64-mingw32-gcc >/dev/null && locale -a | grep -q zh_CN || install
    mkdir -p "$py/DLLs" "$home/wheel"
    python3 -m pip download "${wheels[@]}" --dest "$home/wheel" panda3d
    python3 - "$home/wheel" "$py" <<'P'
import shutil, sys, sysconfig, zipfile
from pathlib import Path
wheel, py = Path(sys.argv[1]), Path(sys.argv[2])
with zipfile.ZipFile(next(wheel.glob("panda3d*.whl"))) as held:
    for name in held.namelist():
        file = Path(name).name
        # Windows' own libraries are Wine's.
        if name.startswith("deploy_libs/") and not file.startswith(("api-ms-", "ucrtbase")):
            to = py if file.startswith(("python", "VCRUNTIME")) else py / "DLLs"
            (to / file).write_bytes(held.read(name))
shutil.copytree(sysconfig.get_path("stdlib"), py / "Lib", dirs_exist_ok=True, ignore=shutil.ignore_patterns("site-packages", "lib-dynload", "test", "config-*", "__pycache__"))
P
    python3 -m pip install "${wheels[@]}" --constraint constraints.txt --target "$py/Lib/site-packages" --upgrade \
        click colorama jsonschema_rs python-calamine pyyaml xlsxwriter selectolax pypdfium2 pillow lxml python-docx typing_extensions \
        openpyxl et_xmlfile pytest iniconfig packaging pluggy pygments hypothesis sortedcontainers pytest-xdist execnet
    build
    touch "$home/ready"
}

[ -e "$home/ready" ] || setup

[ "${1:-}" = -m ] || set -- -m pytest -q -p no:cacheprovider "$@"
words=
for word in "$@"; do words+=" \"$word\""; done
# Started by Wine alone it has no streams; by a command line with files it has.
windows() { printf 'Z:%s' "${1//\//\\}"; }
{
    printf '@echo off\r\ncd /d %s\r\nset PYTHONPATH=%s\r\n' "$(windows "$PWD")" "$(windows "$root")"
    printf '%s%s <nul >%s 2>&1\r\n' "$(windows "$home/python/python.exe")" "$words" "$(windows "$home/said")"
    printf 'exit /b %%ERRORLEVEL%%\r\n'
} | iconv -f utf-8 -t gbk >"$home/run.bat"
code=0
env -u PYTHONPYCACHEPREFIX wine cmd /c "$(windows "$home/run.bat")" || code=$?
cat "$home/said"
exit "$code"
