namespace RobotWorker.Integration.Lines;

/// <summary>Steps for robots that are served faster than the wall: half a second of silence is a tenth of one here, and what a busy machine is late by costs one of the attempts.</summary>
internal static class PatientSteps
{
    public const string PickAndPlace = """
        - {id: go, skill: navigate_to, args: {place: table_side}, retry: {attempts: 6}}
        - {id: grasp, skill: pick, args: {object: cup_red}, retry: {attempts: 6}}
        - {id: carry, skill: navigate_to, args: {place: shelf_side}, retry: {attempts: 6}}
        - {id: put, skill: place, args: {object: cup_red, target: shelf}, retry: {attempts: 6}}
        """;
}
