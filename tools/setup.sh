# What ./robotworker, ./test and .ci/run share: finding the SDK, installing Debian or Ubuntu packages, building once.
# Sourced by them; expects $root. Everything it says goes to standard error, and it is silent when nothing is to be done.

readonly EXIT_MISSING=69        # docs/exit-codes.md: something that this machine must provide is not there

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export DOTNET_CLI_UI_LANGUAGE=en
PATH=$PATH:/usr/sbin:/sbin
if [ ! -w "${HOME:-/nonexistent}" ]; then
    export HOME=$root/artifacts/home
    if ! mkdir -p "$HOME" 2>/dev/null; then
        printf '%s: neither the home folder nor %s can be written. Use a clone of your own. Nothing was started.\n' "${0##*/}" "$HOME" >&2
        exit "$EXIT_MISSING"
    fi
fi

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

die() {
    say "$@"
    exit "$EXIT_MISSING"
}

# --- .NET

find_dotnet() {
    local candidate
    for candidate in "$(command -v dotnet || true)" "${DOTNET_ROOT:-}/dotnet" "$HOME/.dotnet/dotnet" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet; do
        [ -x "$candidate" ] && dotnet=$candidate && return
    done
    die "the .NET 10 SDK is missing. Ubuntu 24.04: sudo apt-get install dotnet-sdk-10.0. Elsewhere: https://dotnet.microsoft.com/download/dotnet/10.0. Nothing was started."
}

need_sdk() {
    "$dotnet" --list-sdks | grep -q '^10\.' ||
        die "$dotnet has no .NET 10 SDK (it has: $("$dotnet" --list-sdks | cut -d' ' -f1 | paste -sd' ')). Get it from https://dotnet.microsoft.com/download/dotnet/10.0. Nothing was started."
}

# --- packages

has_library() { grep -q "$1" <<<"$libraries"; }

# The newest runtime package of MuJoCo that this system knows: libmujoco2.2.2 on Debian 12, a later one elsewhere; empty for none.
mujoco_package() {
    command -v apt-cache >/dev/null || return 0
    apt-cache pkgnames libmujoco | { grep -E '^libmujoco[0-9]' || true; } | sort -V | tail -n 1
}

# Fills `missing` with packages for what the simulator needs, and `wanted` with those without which only the video is lost.
look_for_simulator() {
    libraries=$(ldconfig -p 2>/dev/null || true)
    if [ -z "${MUJOCO_LIB:-}" ] && ! has_library 'libmujoco\.so'; then missing+=(libmujoco); fi
    if ! has_library 'libEGL\.so\.1' && ! has_library 'libOSMesa\.so'; then missing+=(libegl1 libgl1-mesa-dri); fi
    command -v ffmpeg >/dev/null || wanted+=(ffmpeg)
}

# Fills `wanted` with what the tests compare with.
look_for_peers() {
    local peer
    # ROS 1's message classes, from which md5sums and golden bytes come.
    for peer in diagnostic_msgs move_base_msgs rosgraph_msgs sensor_msgs shape_msgs std_srvs tf2_msgs trajectory_msgs; do
        [ -d "/usr/lib/python3/dist-packages/$peer" ] || wanted+=("python3-${peer//_/-}")
    done
    # The last ones compile the safety board's firmware, and run it.
    for peer in node:nodejs npm:npm gcc:gcc make:make avr-gcc:gcc-avr avr-size:binutils-avr; do
        command -v "${peer%%:*}" >/dev/null || wanted+=("${peer##*:}")
    done
    if [ -z "${MUJOCO_LIB:-}" ] && [ ! -e /usr/include/mujoco/mujoco.h ]; then wanted+=(libmujoco-dev); fi
    has_library 'libOSMesa\.so' || wanted+=(libosmesa6)
    # Reads HDF5 files and arrays, as those who train do.
    [ -d /usr/lib/python3/dist-packages/h5py ] || wanted+=(python3-h5py)
    [ -d /usr/lib/avr/include ] || wanted+=(avr-libc)
    [ -e /usr/include/simavr/sim_avr.h ] || wanted+=(libsimavr-dev)
    look_for_ros
}

# Debian is the only system that brings ROS 1 along: a master, Python nodes, actions, and a recorder. About 20 MB.
look_for_ros() {
    local module
    for module in rosmaster rospy actionlib std_msgs std_srvs move_base_msgs sensor_msgs trajectory_msgs diagnostic_msgs rosbag; do
        [ -d "/usr/lib/python3/dist-packages/$module" ] || wanted+=("python3-${module//_/-}")
    done
}

# How this user may install packages: prints nothing, "sudo -n", or fails.
may_install() {
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" = 0 ]; then return; fi
    command -v sudo >/dev/null && sudo -n true 2>/dev/null && printf 'sudo -n'
}

apt() { # AS ARGUMENT...
    local as=$1
    shift
    # shellcheck disable=SC2086  # $as is empty or two words
    $as env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@" >"$root/artifacts/apt.log" 2>&1
}

# Installs `missing` and `wanted` where it may. Without the missing ones it ends with a message; the wanted ones are tried once.
provide() {
    local tried=$root/artifacts/apt-tried as package remaining=()
    for package in "${wanted[@]}"; do
        grep -qsx "$package" "$tried" || remaining+=("$package")
    done
    wanted=("${remaining[@]}")
    [ ${#missing[@]} -gt 0 ] || [ ${#wanted[@]} -gt 0 ] || return 0

    if ! as=$(may_install); then
        name_mujoco
        [ ${#missing[@]} -eq 0 ] || cannot_install
        say "not here, and only some of what you get needs it: ${wanted[*]} (sudo apt-get install ${wanted[*]})"
        return 0
    fi
    apt "$as" update || say "apt-get update failed: $(tail -n 1 "$root/artifacts/apt.log")"
    name_mujoco
    if [ ${#missing[@]} -gt 0 ]; then
        say "installing ${missing[*]} ..."
        apt "$as" install -y --no-install-recommends "${missing[@]}" || cannot_install
    fi
    [ ${#wanted[@]} -gt 0 ] || return 0
    # All at once takes a fraction of the time; where one of them is not to be had, the others are.
    say "installing ${wanted[*]} ..."
    if apt "$as" install -y --no-install-recommends "${wanted[@]}"; then return 0; fi
    for package in "${wanted[@]}"; do
        say "installing $package ..."
        apt "$as" install -y --no-install-recommends "$package" && continue
        say "going on without $package: $(tail -n 1 "$root/artifacts/apt.log")"
        printf '%s\n' "$package" >>"$tried"
    done
}

cannot_install() {
    command -v apt-get >/dev/null ||
        die "MuJoCo or a GL library (EGL or OSMesa) is missing, and this system has no apt-get. Install them, and set MUJOCO_LIB to the path of libmujoco.so if it is in no usual place. Nothing was started."
    if [ -s "$root/artifacts/apt.log" ]; then say "apt-get: $(tail -n 1 "$root/artifacts/apt.log")"; fi
    die "needed and not installed: ${missing[*]}. Nothing was started. Type this once: sudo apt-get update && sudo apt-get install -y ${missing[*]} ${wanted[*]}"
}

# Puts the real package's name in the place of "libmujoco".
name_mujoco() {
    local i package
    for i in "${!missing[@]}"; do
        [ "${missing[$i]}" = libmujoco ] || continue
        package=$(mujoco_package)
        [ -n "$package" ] ||
            die "MuJoCo is missing and this system's package lists have none (Debian 12 calls it libmujoco2.2.2). Fetch a release of MuJoCo and set MUJOCO_LIB to the path of its libmujoco.so. Nothing was started."
        missing[i]=$package
    done
}

# --- building

# A checksum over names, sizes and times of everything that is compiled. Scenes, robots, tasks and faults are read at run time.
fingerprint() { # FOLDER...
    (
        cd "$root"
        find Directory.* global.json BannedSymbols.txt .editorconfig "$@" \
            \( -name bin -o -name obj -o -path sim/robots -o -path sim/scenes -o -path sim/tasks -o -path sim/faults -o -path sim/datasets -o -name node_modules \) -prune -o \
            -type f -printf '%p %s %T@\n' | LC_ALL=C sort | cksum
    )
}

# Builds TARGET unless the same sources were built before. Two calls at once wait for each other.
build_once() { # NAME TARGET FOLDER...
    local name=$1 target=$2 stamp=$root/artifacts/built-$1 now
    shift 2
    mkdir -p "$root/artifacts"
    [ "$(cat "$stamp" 2>/dev/null)" != "$(fingerprint "$@")" ] || return 0
    exec 9>"$root/artifacts/build.lock"
    if command -v flock >/dev/null; then flock 9; fi
    now=$(fingerprint "$@")
    if [ "$(cat "$stamp" 2>/dev/null)" != "$now" ]; then
        need_sdk
        say "building $name ..."
        # No servers that outlive the build: they would hold on to this script's output.
        if ! "$dotnet" build "$root/$target" -c Release --nologo -v quiet -tl:off -nodeReuse:false -p:UseSharedCompilation=false \
            >"$root/artifacts/build.log" 2>&1 9>&-; then
            grep -E 'error|warning' "$root/artifacts/build.log" | sort -u | head -n 30 >&2 || true
            say "the build failed; all of it is in artifacts/build.log"
            exit 1
        fi
        printf '%s' "$now" >"$stamp"
    fi
    exec 9>&-
}

# Where a project's program is: the folder below Release is named after this machine's platform.
built() { # PROJECT-FOLDER NAME.dll
    local files=("$root/$1/bin/Release/net10.0/"*"/$2")
    printf '%s' "${files[0]}"
}
