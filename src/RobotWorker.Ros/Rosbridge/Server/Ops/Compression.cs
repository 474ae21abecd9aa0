namespace RobotWorker.Ros.Rosbridge.Server.Ops;

/// <summary>How a message is put into a frame.</summary>
internal enum Compression
{
    /// <summary>JSON text.</summary>
    None,

    /// <summary>The JSON text as the pixels of an image, in base64.</summary>
    Png,

    /// <summary>A binary frame of CBOR.</summary>
    Cbor,

    /// <summary>A binary frame of CBOR around the message as ROS serialises it.</summary>
    CborRaw,
}
