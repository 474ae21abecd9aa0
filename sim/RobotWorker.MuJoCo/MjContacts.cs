namespace RobotWorker.MuJoCo;

/// <summary>The contacts that MuJoCo found in the last step or forward computation.</summary>
public readonly ref struct MjContacts
{
    private readonly MjData _data;

    internal MjContacts(MjData data, int count)
    {
        _data = data;
        Count = count;
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>One of them.</summary>
    public MjContact this[int index] => _data.Contact(index);

    /// <summary>For foreach.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Walks over the contacts.</summary>
    public ref struct Enumerator
    {
        private readonly MjContacts _contacts;
        private int _index;

        internal Enumerator(MjContacts contacts)
        {
            _contacts = contacts;
            _index = -1;
        }

        /// <summary>The contact reached.</summary>
        public readonly MjContact Current => _contacts[_index];

        /// <summary>On to the next.</summary>
        public bool MoveNext() => ++_index < _contacts.Count;
    }
}
