namespace CityOps.Gis.SpecialTasks;

/// <summary>How far a grid has come with a special task.</summary>
/// <param name="Items">How many the checklist has.</param>
public readonly record struct GridProgress(int Items, int InOrder, int NotInOrder)
{
    public int Ticked => InOrder + NotInOrder;
    public bool IsDone => Ticked == Items;

    /// <summary><c>open</c>, <c>begun</c>, <c>done</c>, <c>not-in-order</c>, or <c>overdue</c> where it is not done and the time is over.</summary>
    public string Code(bool isOver) => NotInOrder > 0 ? "not-in-order" : IsDone ? "done" : isOver ? "overdue" : Ticked > 0 ? "begun" : "open";
}
