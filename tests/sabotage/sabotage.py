#!/usr/bin/env python3
"""Deliberate sabotage: takes the rules of safe retry out one at a time and sees whether a test notices.

Mutants are made mechanically: each cell of the recovery table with each other decision, each (state, event) pair of the goal's life cycle taken out, and
each guard of guards.txt. Each is compiled alone, put beside the built test program, and the tests of executor, recovery and actions are run against it.
A mutant that survives must stand in survivors.txt with the reason why no test can notice it. docs/safe-retry.md says more.

    python3 tests/sabotage/sabotage.py                  # all; hours on a busy machine, so:
    python3 tests/sabotage/sabotage.py --only 'table'   # those whose names match
    python3 tests/sabotage/sabotage.py --list           # what there is
"""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "artifacts" / "sabotage"
BUILT = ROOT / "tests" / "RobotWorker.Tests" / "bin" / "Release" / "net10.0"
DECISIONS = ["Skip", "Retry", "Repair", "Resume", "Look", "Ask"]
SECONDS = 600  # a mutant that hangs is noticed, too

CORE = [
    "FullyQualifiedName~Tests.Execution&FullyQualifiedName!~Schedules&FullyQualifiedName!~RandomRun&FullyQualifiedName!~Abandoned",
    "FullyQualifiedName~RandomScheduleTests|FullyQualifiedName~RandomRun|FullyQualifiedName~Abandoned|FullyQualifiedName~Tests.Recovery",
]
TABLE = ["FullyQualifiedName~Tests.Recovery"]
ACTIONS = ["FullyQualifiedName~Tests.Ros.Actions"]


class Mutant:
    def __init__(self, name, project, file, find, replace, filters):
        self.name, self.project, self.file, self.find, self.replace, self.filters = name, project, file, find, replace, filters

    def text(self):
        source = (ROOT / "src" / self.project / self.file).read_text()
        count = source.count(self.find)
        if count != 1:
            sys.exit(f"{self.name}: the text stands {count} times in {self.file}, and must once:\n{self.find}")
        return source.replace(self.find, self.replace)


def table_cells():
    """Each cell of the table with each decision that is not its own; where it depends on 'ready' or 'lookedAgain', each side is a cell."""
    file = "Recovery/RecoveryTable.cs"
    source = (ROOT / "src/RobotWorker" / file).read_text()
    arms = re.findall(r"\(Effect\.(\w+), ([^)]*)\) => (?:(\w+) \? Decision\.(\w+) : )?Decision\.(\w+),", source)
    call = "Cell(effect, skill, ready, lookedAgain);"
    cells = 0
    for effect, classes, condition, if_so, otherwise in arms:
        for skill in re.findall(r"EffectClass\.(\w+)", classes):
            for side, own in [(condition, if_so), (f"!{condition}", otherwise)] if condition else [("", otherwise)]:
                cells += 1
                for other in DECISIONS:
                    if other == own:
                        continue
                    test = f"effect == Effect.{effect} && skill == EffectClass.{skill}" + (f" && {side}" if side else "")
                    name = f"table {effect} {skill}{' ' + side if side else ''}: {own} becomes {other}"
                    yield Mutant(name, "RobotWorker", file, f": {call}", f": {test} ? Decision.{other} : {call}", TABLE)
    if cells != 22:
        sys.exit(f"{cells} cells were found in {file}, and 22 are expected: has the table another form?")


def transitions():
    """Each pair of state and event that the life cycle allows, taken out."""
    file = "Actions/GoalLifeCycle.cs"
    source = (ROOT / "src/RobotWorker.Ros" / file).read_text()
    arms = re.findall(r"^        \(([^()]+), ([^()]+)\) => GoalState\.", source, re.M)
    head = "=> (state, happened) switch"
    if len(arms) < 15:
        sys.exit(f"only {len(arms)} arms were found in {file}: has the life cycle another form?")
    for states, events in arms:
        for state in states.split(" or "):
            for event in events.split(" or "):
                pair = f"{state.strip()}, GoalEvent.{event.strip()}"
                yield Mutant(
                    f"transition ({pair})", "RobotWorker.Ros", file, head,
                    f"=> (state, happened) == ({pair}) ? throw new IllegalGoalTransitionException(state, happened) : (state, happened) switch", ACTIONS)


def guards():
    name = file = None
    find, replace = [], []
    for line in (HERE / "guards.txt").read_text().splitlines() + ["# end"]:
        if line.startswith("#"):
            if find:
                yield Mutant(f"guard: {name}", "RobotWorker", file, "\n".join(find), "\n".join(replace), CORE)
            name, find, replace = line[1:].strip(), [], []
        elif line.startswith("@ "):
            file = line[2:].strip()
        elif line.startswith("-"):
            find.append(line[2:])
        elif line.startswith("+"):
            replace.append(line[2:])


def survivors():
    reviewed = {}
    for line in (HERE / "survivors.txt").read_text().splitlines():
        if " | " in line:
            name, reason = line.split(" | ", 1)
            reviewed[name] = reason
    return reviewed


def compiler(project):
    """The command line that compiles a project, as its own build has it, without what only looks at style."""
    told = subprocess.run(
        ["dotnet", "msbuild", f"src/{project}/{project}.csproj", "-t:Compile", "-p:Configuration=Release", "-p:BuildProjectReferences=false",
         "-p:ProvideCommandLineArgs=true", "-p:SkipCompilerExecution=true", "-p:NonExistentFile=__none__", "-getItem:CscCommandLineArgs",
         "-getProperty:RoslynTargetsPath"], cwd=ROOT, capture_output=True, text=True, check=True)
    answer = json.loads(told.stdout)
    style = ("NetAnalyzers", "CodeStyle", "BannedApi", "VisualStudio.Threading", "PublicApi")
    arguments = [a["Identity"] for a in answer["Items"]["CscCommandLineArgs"]]
    # The out and the debug file are given anew for each mutant.
    kept = [a for a in arguments if not (a.startswith("/analyzer:") and any(s in a for s in style)) and not a.startswith(("/warnaserror", "/out:", "/refout:", "/doc:", "/errorlog"))]
    csc = pathlib.Path(answer["Properties"]["RoslynTargetsPath"]) / "bincore" / "csc.dll"
    return csc, kept


def compile_(mutant, command, out):
    csc, arguments = command
    folder = ROOT / "src" / mutant.project
    mutated = WORK / pathlib.Path(mutant.file).name
    mutated.write_text(mutant.text())
    written = [str(mutated) if a.replace("\\", "/").strip('"') == mutant.file else a for a in arguments]
    if str(mutated) not in written:
        sys.exit(f"{mutant.file} is not compiled by {mutant.project}")
    response = WORK / "mutant.rsp"
    response.write_text("\n".join(a if a.startswith("/") and '"' in a else f'"{a}"' if " " in a and '"' not in a else a for a in written if a != "/noconfig") + f'\n/out:"{out}"\n/nowarn:CS0162,CS0219,CS8509,CS8524,CS0168,CS8602,CS8604,CS8600,CS8629\n')
    done = subprocess.run(["dotnet", "exec", str(csc), "/noconfig", "/shared", f"@{response}"], cwd=folder, capture_output=True, text=True)
    return None if done.returncode == 0 else "\n".join(l for l in done.stdout.splitlines() if "error" in l)[:600] or done.stdout[:600] + done.stderr[:600]


def run(program, filters):
    """The first test that fails, or None."""
    for wanted in filters:
        try:
            done = subprocess.run(
                ["dotnet", str(program), "--no-ansi", "--progress", "off", "--filter", f"TestCategory!=Slow&({wanted})"],
                capture_output=True, text=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return f"no end within {SECONDS} s"
        failed = re.search(r"^failed (\S+)", done.stdout, re.M)
        if failed:
            return failed.group(1)
        if done.returncode != 0:
            return f"the test program ended with {done.returncode}"
    return None


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", metavar="REGEX", help="only mutants whose names match")
    options.add_argument("--list", action="store_true", help="print the mutants' names; a guard whose text moved is told")
    asked = options.parse_args()
    mutants = [m for m in [*table_cells(), *transitions(), *guards()] if not asked.only or re.search(asked.only, m.name)]
    for mutant in mutants:
        mutant.text()
    reviewed = survivors()
    every = {m.name for m in mutants}
    gone = [name for name in reviewed if name not in every and not asked.only]
    if gone:
        sys.exit("survivors.txt names what is no mutant (any more):\n" + "\n".join(gone))
    if asked.list:
        print("\n".join(m.name for m in mutants))
        return 0
    built = next((f.parent for f in BUILT.glob("*/RobotWorker.Tests.dll")), None)
    if built is None:
        sys.exit("the tests are not built: ./test builds them")
    WORK.mkdir(parents=True, exist_ok=True)
    scratch = WORK / "run"
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(built, scratch)
    program = scratch / "RobotWorker.Tests.dll"
    print(f"{len(mutants)} mutants; first the tests without any", flush=True)
    for filters in {tuple(m.filters): m.filters for m in mutants}.values():
        if failed := run(program, filters):
            sys.exit(f"{failed} fails without any mutant")
    commands = {project: compiler(project) for project in sorted({m.project for m in mutants})}
    killed = survived = wrong = unexpected = 0
    for mutant in mutants:
        began = time.monotonic()
        dll = scratch / f"{mutant.project}.dll"
        problem = compile_(mutant, commands[mutant.project], dll)
        if problem:
            wrong += 1
            verdict = f"DOES NOT COMPILE {problem}"
        elif test := run(program, mutant.filters):
            killed += 1
            verdict = f"killed by {test}" + (" (reviewed as a survivor: take it off the list)" if mutant.name in reviewed else "")
        elif mutant.name in reviewed:
            survived += 1
            verdict = f"survived, reviewed: {reviewed[mutant.name]}"
        else:
            unexpected += 1
            verdict = "SURVIVED"
        shutil.copy(built / dll.name, dll)
        print(f"{time.monotonic() - began:6.1f} s  {mutant.name}  {verdict}", flush=True)
    print(f"{len(mutants)} mutants: {killed} killed, {survived} survived and reviewed, {unexpected} SURVIVED, {wrong} do not compile")
    return 0 if unexpected == wrong == 0 else 1


sys.exit(main())
