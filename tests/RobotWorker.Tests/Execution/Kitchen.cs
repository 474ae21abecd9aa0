using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;
using RobotWorker.Plans;
using RobotWorker.Skills;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Execution;

/// <summary>The small world of these tests: what its robot can do, what can go wrong, and plans over it.</summary>
internal static class Kitchen
{
    public const string SkillsText = """
        skills: robotworker/v1
        types: {thing: ~, cup: thing, surface: thing, place: ~, robot: ~, gripper: ~}
        predicates:
          at:        {arguments: [robot, place], sources: [sense], max_age: 60s, needs: [{localized: [robot]}]}
          on:        {arguments: [thing, surface], sources: [sense], max_age: 60s}
          holding:   {arguments: [robot, thing], sources: [sense], max_age: 60s}
          empty:     {arguments: [gripper], sources: [sense], max_age: 60s}
          gripped:   {arguments: [thing], sources: [sense], max_age: 60s}
          localized: {arguments: [robot], sources: [sense], max_age: 2s}
          poured:    {arguments: [thing], sources: [sense], max_age: 60s}
          full:      {arguments: [thing], sources: [sense], max_age: 60s}
          half:      {arguments: [thing], sources: [sense], max_age: 60s}
          dirty:     {arguments: [thing], sources: [sense], max_age: 5s}
          clean:     {arguments: [thing], sources: [sense], max_age: 60s}
          wet:       {arguments: [thing], sources: [sense], max_age: 60s}
          counted:   {arguments: [thing], sources: [sense], max_age: 60s}
          halfway:   {arguments: [thing], sources: [sense], max_age: 60s}
          stored:    {arguments: [thing, place], sources: [sense], max_age: 60s, seen_from: [{at: [robot, $place]}]}
        catalogue:
          go:
            summary: Drives
            arguments: {to: {type: place}}
            pre: [{localized: [robot]}]
            hold: [{localized: [robot]}]
            post: [{at: [robot, $to]}]
            not_started: [{not: {at: [robot, $to]}}]
            deletes: [{at: [robot, _]}]
            effect: idempotent
            resources: [base]
            takes_up: base
            timeouts: {accept: 1s, progress: 3s, cancel: 2s}
            deadline: 20s
            retry: {attempts: 3, backoff: 1s, never: [NO_SUCH_PLACE]}
          pick:
            summary: Grasps
            arguments: {object: {type: thing}}
            pre: [{empty: [gripper]}, {on: [$object, table]}]
            post: [{holding: [robot, $object]}]
            not_started: [{empty: [gripper]}]
            partial: [{gripped: [$object]}]
            deletes: [{on: [$object, _]}, {empty: [gripper]}]
            effect: resumable
            resources: [arm, gripper]
            timeouts: {accept: 1s, progress: 3s, cancel: 2s}
            deadline: 20s
            retry: {attempts: 3, backoff: 1s, never: [COLLISION]}
            variants: 2
            stages:
            - {name: reach, entry: [{empty: [gripper]}]}
            - {name: lift, entry: [{gripped: [$object]}]}
          put:
            summary: Puts down
            arguments: {object: {type: thing}, target: {type: surface}}
            pre: [{holding: [robot, $object]}]
            post: [{on: [$object, $target]}, {empty: [gripper]}]
            not_started: [{holding: [robot, $object]}]
            deletes: [{holding: [robot, $object]}]
            effect: resumable
            resources: [arm, gripper]
            timeouts: {accept: 1s, progress: 3s, cancel: 2s}
            deadline: 20s
            retry: {attempts: 3, backoff: 1s}
          pour:
            summary: Pours what cannot be poured back
            arguments: {object: {type: thing}}
            post: [{poured: [$object]}]
            not_started: [{full: [$object]}]
            partial: [{half: [$object]}]
            deletes: [{full: [$object]}]
            effect: irreversible
            resources: [arm, gripper]
            timeouts: {accept: 1s, progress: 3s, cancel: 2s}
            deadline: 20s
            retry: {attempts: 3, backoff: 0s}
          wipe:
            summary: Wipes, which may be done again
            arguments: {object: {type: thing}}
            pre: [{empty: [gripper]}]
            post: [{clean: [$object]}]
            not_started: [{not: {wet: [$object]}}]
            partial: [{wet: [$object]}]
            effect: idempotent
            resources: [arm]
            timeouts: {accept: 1s, progress: 3s, cancel: 2s}
            deadline: 20s
            retry: {attempts: 3, backoff: 0s}
          count:
            summary: Counts, which changes nothing but what is known
            arguments: {object: {type: thing}}
            pre: [{empty: [gripper]}]
            post: [{counted: [$object]}]
            not_started: [{not: {halfway: [$object]}}]
            partial: [{halfway: [$object]}]
            effect: pure
            resources: [head]
            timeouts: {accept: 1s, progress: 3s, cancel: 2s}
            deadline: 20s
            retry: {attempts: 3, backoff: 0s}
          peek:
            summary: Only looks
            outputs: {what: text}
            effect: pure
            resources: [head]
            timeouts: {accept: 1s, progress: 3s, cancel: 2s}
            deadline: 10s
            retry: {attempts: 3, backoff: 0s}
          note:
            summary: Notes something; no part of the robot takes part in it
            effect: pure
            timeouts: {accept: 1s, progress: 3s, cancel: 2s}
            deadline: 10s
            retry: {attempts: 3, backoff: 0s}
          wave:
            summary: Moves the arm; nothing shows it afterwards
            arguments: {how: {type: text, default: gently}}
            effect: idempotent
            resources: [arm]
            timeouts: {accept: 1s, progress: 3s, cancel: 2s}
            deadline: 20s
            retry: {attempts: 3, backoff: 0s}
        """;

    public const string FaultsText = """
        faults: robotworker/v1
        catalogue:
          GRIPPER_WEAK: {component: gripper, level: critical, forbids: [gripper, arm], doubts: [holding], heal: 1s, detect: []}
          DRIVE_HOT: {component: base, level: urgent, forbids: [base], heal: 1s, detect: []}
          SKIN_TOUCHED: {component: robot, level: fatal, forbids: [arm, base, gripper, head], heal: 1s, detect: []}
          DOOR_OPEN: {component: cell, level: fatal, heal: 1s, detect: []}
          LENS_DIRTY: {component: camera, level: warning, doubts: [clean, wet], heal: 1s, detect: []}
        """;

    /// <summary>What its skills need for themselves.</summary>
    public static readonly ImmutableArray<string> Actuators = ["arm", "base", "gripper", "head"];

    public static readonly SkillCatalogue Skills = Read(SkillCatalogueReader.Read, SkillsText);

    public static readonly FaultCatalogue Faults = Read(FaultCatalogueReader.Read, FaultsText);

    private const string Objects =
        "{cup1: {type: cup}, cup2: {type: cup}, cup3: {type: cup}, table: {type: surface}, shelf: {type: surface}, here: {type: place}, there: {type: place}}";

    public static readonly WorkerSetup Setup = new(Skills, Faults, ExecutionOptions.Default);

    /// <summary>A plan over the kitchen's things, from the text of its root (and more fields).</summary>
    public static Plan Plan(string root, string more = "")
    {
        var bag = new DiagnosticBag();
        var text = $"""
            plan: robotworker/v1
            id: test
            objects: {Objects}
            {more}
            root:
            {string.Join('\n', root.Split('\n').Select(l => "  " + l))}
            """;
        return PlanReader.Read(text, "test.yaml", bag) ?? throw new InvalidDataException(string.Join('\n', bag.All));
    }

    /// <summary>A fault of the catalogue that is confirmed now.</summary>
    public static Fault FaultOf(string code, RobotTime now) => new(code, Faults.ByCode[code].Component, Faults.ByCode[code].Level, "the test says so", now, now);

    private static T Read<T>(Func<string, string, DiagnosticBag, T?> reader, string text) where T : class
    {
        var bag = new DiagnosticBag();
        return reader(text, "kitchen.yaml", bag) ?? throw new InvalidDataException(string.Join('\n', bag.All));
    }
}
