using System.Collections;
using System.Runtime.CompilerServices;

namespace Dunning.Domain;

/// <summary>
/// A few things in order, that never change: what a case file is made of. A struct over an array, so that a loop over it costs neither an
/// allocation nor a call through an interface; the default is empty. Equal when each item is.
/// </summary>
[CollectionBuilder(typeof(Items), nameof(Items.Of))]
public readonly struct Items<T> : IReadOnlyList<T>, IEquatable<Items<T>>
{
    private readonly T[]? _items;

    internal Items(T[] items) => _items = items;

    public int Count => _items is null ? 0 : _items.Length;

    public T this[int index] => AsSpan()[index];

    public static bool operator ==(Items<T> left, Items<T> right) => left.Equals(right);

    public static bool operator !=(Items<T> left, Items<T> right) => !left.Equals(right);

    private ReadOnlySpan<T> AsSpan() => _items;

    public Enumerator GetEnumerator() => new(_items);

    public bool Contains(T item) => AsSpan().Contains(item, null);

    /// <summary>These and one more at the end.</summary>
    public Items<T> And(T item)
    {
        var items = new T[Count + 1];
        AsSpan().CopyTo(items);
        items[^1] = item;
        return new(items);
    }

    /// <summary>These with another in the place of the one at an index.</summary>
    public Items<T> With(int index, T item)
    {
        var items = AsSpan().ToArray();
        items[index] = item;
        return new(items);
    }

    /// <summary>These without the one at an index.</summary>
    public Items<T> Without(int index)
    {
        if (Count == 1)
            return default;
        var items = new T[Count - 1];
        AsSpan()[..index].CopyTo(items);
        AsSpan()[(index + 1)..].CopyTo(items.AsSpan(index));
        return new(items);
    }

    public bool Equals(Items<T> other) => _items == other._items || AsSpan().SequenceEqual(other.AsSpan());

    public override bool Equals(object? obj) => obj is Items<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in this)
            hash.Add(item);
        return hash.ToHashCode();
    }

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)(_items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (_items ?? []).GetEnumerator();

    public struct Enumerator
    {
        private readonly T[]? _items;
        private int _at = -1;

        internal Enumerator(T[]? items) => _items = items;

        public readonly T Current => _items![_at];

        public bool MoveNext() => _items is not null && ++_at < _items.Length;
    }
}

public static class Items
{
    public static Items<T> Of<T>(ReadOnlySpan<T> items) => items.IsEmpty ? default : new(items.ToArray());
}
