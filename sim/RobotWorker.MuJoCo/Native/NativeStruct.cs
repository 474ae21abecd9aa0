namespace RobotWorker.MuJoCo.Native;

/// <summary>Reads fields of a C struct by name; used when something is set up, never in a step.</summary>
internal readonly unsafe struct NativeStruct(nint address, StructTable table, int sizeOfCount)
{
    /// <summary>A size, which is an int or, from 3.6 on, an int64.</summary>
    public int Count(string field) => sizeOfCount == 8 ? checked((int)*(long*)(address + table[field])) : *(int*)(address + table[field]);

    /// <summary>A pointer field's value.</summary>
    public T* Array<T>(string field) where T : unmanaged => *(T**)(address + table[field]);

    /// <summary>The address of a field that lies inside the struct.</summary>
    public T* At<T>(string field) where T : unmanaged => (T*)(address + table[field]);

    /// <summary>A struct that lies inside this one.</summary>
    public NativeStruct Part(string field, StructTable part) => new(address + table[field], part, sizeOfCount);
}
