"""What holds for every case, without a database: lifecycle, custody, clock, intake, references."""
