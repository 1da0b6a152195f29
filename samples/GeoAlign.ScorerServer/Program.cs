Console.WriteLine("scorer");
